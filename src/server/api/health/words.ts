import { both } from '../words.ts'

const joined = (names: readonly string[]) => names.slice(0, 5).join(', ')

/** What the server says of its parts, in both languages. */
export const words = {
  server: (minutes: number) => both('server.health.server', { minutes }),
  database: (kind: string) => both('server.health.database', { kind: kind === 'sqlite' ? 'SQLite' : 'PostgreSQL' }),
  agents: (here: number, away: readonly string[]) =>
    away.length === 0
      ? both('server.health.agents', { here })
      : both('server.health.agentsAway', { here, names: joined(away) }),
  sensors: (running: number, off: readonly string[], losing: readonly string[]) =>
    off.length === 0
      ? losing.length === 0
        ? both('server.health.sensors', { running })
        : both('server.health.sensorsLosing', { running, names: joined(losing) })
      : both('server.health.sensorsOff', { running, names: joined(off) }),
  runtimes: (count: number, apart: readonly string[]) =>
    apart.length === 0
      ? both('server.health.runtimes', { count })
      : both('server.health.runtimesApart', { count, names: joined(apart) }),
  noAdvisories: () => both('server.health.noAdvisories', {}),
  outputs: () => both('server.health.outputs', {}),
  outputsOn: (count: number, bad: readonly string[]) =>
    bad.length === 0
      ? both('server.health.outputsOn', { count })
      : both('server.health.outputsBad', { count, names: joined(bad) }),
  starter: () => both('server.health.starter', {}),
  advisories: (hours: number) => both('server.health.advisories', { hours }),
  disk: (free: number, share: number) =>
    both('server.health.disk', { free: (free / 1e9).toFixed(1), share: Math.round(share * 100) }),
}
