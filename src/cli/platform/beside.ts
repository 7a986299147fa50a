import { userInfo } from 'node:os'
import { hostId } from '../../agent/host.ts'
import { rowOf } from '../../agent/jobs/drill.ts'
import { runningAt } from '../../platform/place.ts'
import { type DockerAnswer, dockerAsync } from '../../runtime/drill/docker.ts'
import type { DrillResult } from '../../runtime/drill/run.ts'
import type { Scenario } from '../../runtime/drill/scenario.ts'
import { announceDrill } from '../../runtime/respond/sensor-link.ts'
import type { Drill } from '../../server/schemas/drills.ts'
import type { Context } from '../context.ts'
import { placeAt, reach } from './server.ts'

/** The platform that runs on this machine while a command drills: it is told beforehand which containers are the drill's, and afterwards what was found. */
export interface Beside {
  /** Docker's client, which announces each container between its making and its start. */
  docker(args: string[], timeout: number): Promise<DockerAnswer>
  done(results: readonly DrillResult[]): Promise<void>
}

/** Undefined where no platform runs with this state folder. Where it cannot be told, that is said: its console will show the drill as incidents. */
export async function drillBeside(
  state: string | undefined,
  scenarios: readonly Scenario[],
  context: Context,
): Promise<Beside | undefined> {
  const place = placeAt(state, context.env)
  if (runningAt(place) === undefined) return undefined
  let warned = false
  const warn = (why: string): void => {
    if (!warned) context.say(context.text('drill.notAnnounced', { why }))
    warned = true
  }
  let id: string | undefined
  try {
    const by = context.env.SUDO_USER || userInfo().username
    const order = { hostId: hostId(), by, scenarios: scenarios.map(each => each.id) }
    id = ((await reach(state, context.env).api.post('/drills/beside', order)) as Drill).id
    context.say(context.text('drill.beside'))
  } catch (error) {
    warn((error as Error).message)
  }
  return {
    async docker(args, timeout) {
      const answer = await dockerAsync(args, timeout)
      const made = args[0] === 'create' && answer.status === 0 ? answer.stdout.trim().split('\n').at(-1) : undefined
      if (made && !(await announceDrill(place.folder, [made]))) warn(made.slice(0, 12))
      return answer
    },
    async done(results) {
      if (id === undefined) return
      const rows = results.map((result, at) => rowOf(result, scenarios[at]!))
      await reach(state, context.env)
        .api.post(`/drills/beside/${id}`, { results: rows })
        .catch((error: unknown) => warn((error as Error).message))
    },
  }
}
