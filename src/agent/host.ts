import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { arch, cpus, hostname, release, totalmem } from 'node:os'
import { parseJson } from '../base/json.ts'
import type { DockerClient } from '../runtime/containers/docker/http.ts'
import type { HostSettings } from './risks/daemon.ts'

const maxFile = 1 << 20

/** Who this machine is, as it stays over restarts: a hash of its machine-id (machine-id(5) asks not to tell the id itself), else of its name. */
export function hostId(): string {
  const own = read('/etc/machine-id').trim() || hostname()
  return createHash('sha256').update(`jenner host\0${own}`).digest('hex').slice(0, 24)
}

/** Name, system, kernel and size of this machine. `memory` in bytes. */
export function hostFacts() {
  const pretty = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(read('/etc/os-release'))?.[1]
  return {
    name: hostname(),
    os: pretty ?? 'Linux',
    kernel: `${release()} ${arch()}`,
    cores: cpus().length,
    memory: totalmem(),
  }
}

const watchedSysctls = [
  'kernel.unprivileged_bpf_disabled',
  'kernel.dmesg_restrict',
  'kernel.kptr_restrict',
  'kernel.yama.ptrace_scope',
  'net.ipv4.conf.all.route_localnet',
]

/** How Docker and the kernel are set up here. What cannot be read is left out. */
export async function readHostSettings(docker: DockerClient): Promise<HostSettings> {
  const sysctls: Record<string, string> = {}
  for (const name of watchedSysctls) {
    const value = read(`/proc/sys/${name.replaceAll('.', '/')}`).trim()
    if (value !== '') sysctls[name] = value
  }
  const info = await docker.call('GET', '/info', { timeout: 5000 }).catch(() => undefined)
  if (info === undefined) return { sysctls }
  const registries = (
    info as {
      RegistryConfig?: { InsecureRegistryCIDRs?: unknown; IndexConfigs?: Record<string, { Secure?: boolean }> }
    }
  ).RegistryConfig
  const insecure = Object.entries(registries?.IndexConfigs ?? {}).flatMap(([name, config]) =>
    config?.Secure === false ? [name] : [],
  )
  return {
    sysctls,
    daemon: daemonFile(),
    daemonArgs: daemonArguments(),
    ...socketFacts(docker.socketPath),
    insecureRegistries: insecure,
  }
}

function daemonFile(): Record<string, unknown> {
  try {
    const value = parseJson(read('/etc/docker/daemon.json') || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

/** The command line of the `dockerd` that runs, found by its name in /proc. */
function daemonArguments(): string[] {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || read(`/proc/${pid}/comm`).trim() !== 'dockerd') continue
    return read(`/proc/${pid}/cmdline`)
      .split('\0')
      .filter(word => word !== '')
  }
  return []
}

function socketFacts(path: string): Pick<HostSettings, 'socketMode' | 'socketGroup'> {
  try {
    const { mode, gid } = statSync(path)
    const line = read('/etc/group')
      .split('\n')
      .find(each => each.split(':')[2] === String(gid))
    const members = gid === 0 ? [] : (line?.split(':')[3] ?? '').split(',').filter(name => name !== '')
    return { socketMode: mode, socketGroup: members }
  } catch {
    return {}
  }
}

function read(path: string): string {
  try {
    const text = readFileSync(path, 'utf8')
    return text.length > maxFile ? '' : text
  } catch {
    return ''
  }
}
