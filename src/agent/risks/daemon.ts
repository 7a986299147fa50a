import type { Risk } from '../../server/schemas/hosts.ts'
import { riskOf, sortRisks } from './risk.ts'

/** What decides how Docker and the kernel treat containers, as read from the host. Absent: could not be read. */
export interface HostSettings {
  /** /etc/docker/daemon.json, parsed; `{}` where there is none. */
  daemon?: Record<string, unknown>
  /** `dockerd`'s own command line, a word each. */
  daemonArgs?: string[]
  /** Mode bits of the socket. */
  socketMode?: number
  /** Members of the group that owns the socket. */
  socketGroup?: string[]
  /** From `GET /info`. */
  insecureRegistries?: string[]
  /** By name: `kernel.unprivileged_bpf_disabled`. */
  sysctls: Record<string, string>
}

/** Sysctls with the value that they should have; another is told. */
const sysctls: [name: string, good: (value: string) => boolean, want: string][] = [
  ['kernel.unprivileged_bpf_disabled', value => value !== '0', '1'],
  ['kernel.dmesg_restrict', value => value !== '0', '1'],
  ['kernel.kptr_restrict', value => value !== '0', '1'],
  ['kernel.yama.ptrace_scope', value => value !== '0', '1'],
  ['net.ipv4.conf.all.route_localnet', value => value !== '1', '0'],
]

/** All that is risky in how the Docker daemon and the host are set up, the worst first, each with what to change. */
export function daemonRisks(settings: HostSettings): Risk[] {
  const risks = [...listenRisks(settings), ...socketRisks(settings)]
  const { daemon, insecureRegistries = [] } = settings
  const remote = insecureRegistries.filter(name => !/^(127\.|localhost|::1)/.test(name))
  if (remote.length > 0)
    risks.push(riskOf('daemon-insecure-registry', remote.join(', '), setting('insecure-registries', remote, undefined)))
  if (daemon !== undefined) {
    if (daemon['live-restore'] !== true)
      risks.push(riskOf('daemon-live-restore', '', setting('live-restore', undefined, true)))
    if (daemon.icc !== false) risks.push(riskOf('daemon-icc', '', setting('icc', daemon.icc, false)))
    if (!limitsLogs(daemon))
      risks.push(
        riskOf(
          'daemon-log-limits',
          '',
          setting('log-opts', daemon['log-opts'], { 'max-size': '10m', 'max-file': '3' }),
        ),
      )
  }
  for (const [name, good, want] of sysctls) {
    const value = settings.sysctls[name]
    if (value === undefined || good(value)) continue
    const diff = `--- /etc/sysctl.d/90-jenner.conf\n+++ /etc/sysctl.d/90-jenner.conf\n@@\n+${name} = ${want}`
    risks.push(riskOf('sysctl', `${name} = ${value}`, { kind: 'host', diff }))
  }
  return sortRisks(risks)
}

function listenRisks({ daemon = {}, daemonArgs = [] }: HostSettings): Risk[] {
  const fromFile = Array.isArray(daemon.hosts) ? daemon.hosts.map(String) : []
  const fromArgs = daemonArgs.flatMap((word, at) => {
    if (word === '-H' || word === '--host') return [daemonArgs[at + 1] ?? '']
    return /^(-H=?|--host=)(.+)/.exec(word)?.slice(2) ?? []
  })
  const verified =
    daemon.tlsverify === true || daemonArgs.includes('--tlsverify') || daemonArgs.includes('--tlsverify=true')
  const open = [...fromFile, ...fromArgs].filter(address => address.startsWith('tcp://') && !verified)
  return [...new Set(open)].map(address =>
    riskOf('daemon-tcp', address, setting('hosts', [address], ['unix:///var/run/docker.sock'])),
  )
}

function socketRisks({ socketMode = 0, socketGroup = [] }: HostSettings): Risk[] {
  const risks: Risk[] = []
  if ((socketMode & 0o002) !== 0)
    risks.push(
      riskOf('socket-mode', '', {
        kind: 'host',
        diff: '-srw-rw-rw- /var/run/docker.sock\n+srw-rw---- /var/run/docker.sock',
      }),
    )
  if (socketGroup.length > 0) {
    const diff = socketGroup.map(name => `+gpasswd --delete ${name} docker`).join('\n')
    risks.push(riskOf('socket-group', socketGroup.join(', '), { kind: 'host', diff }))
  }
  return risks
}

function limitsLogs(daemon: Record<string, unknown>): boolean {
  const driver = daemon['log-driver'] ?? 'json-file'
  const options = (daemon['log-opts'] ?? {}) as Record<string, unknown>
  return driver !== 'json-file' || options['max-size'] !== undefined
}

function setting(key: string, before: unknown, after: unknown): NonNullable<Risk['fix']> {
  const line = (sign: string, value: unknown) =>
    value === undefined ? [] : [`${sign}  ${JSON.stringify(key)}: ${JSON.stringify(value)}`]
  const head = ['--- /etc/docker/daemon.json', '+++ /etc/docker/daemon.json', '@@', ' {']
  return { kind: 'daemon', diff: [...head, ...line('-', before), ...line('+', after), ' }'].join('\n') }
}
