import type { ContainerInfo } from '../../base/model/runtime.ts'

/** Host paths whose mount gives away more than data. */
const sensitive = [
  '/',
  '/etc',
  '/root',
  '/home',
  '/proc',
  '/sys',
  '/dev',
  '/boot',
  '/var/run',
  '/run',
  '/var/lib/docker',
  '/var/lib/kubelet',
  '/lib/modules',
  '/usr',
  '/var/log',
]
const sockets = /\/(docker|containerd|crio|podman)\.sock$/
const strong = [
  'ALL',
  'SYS_ADMIN',
  'SYS_PTRACE',
  'SYS_MODULE',
  'SYS_RAWIO',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'BPF',
  'PERFMON',
  'SYS_BOOT',
  'SYS_TIME',
  'MAC_ADMIN',
]

/** What makes a container dangerous to its host, in words that stay the same in every language (they can be filtered by). */
export function risksOf(info: ContainerInfo): string[] {
  const risks: string[] = []
  const add = (condition: boolean | undefined, word: string): void => {
    if (condition === true) risks.push(word)
  }
  add(info.privileged, 'privileged')
  for (const name of info.capAdd) add(strong.includes(name), `cap:${name}`)
  add(info.hostNetwork, 'host-network')
  add(info.hostPid, 'host-pid')
  add(info.hostIpc, 'host-ipc')
  for (const { source, type, writable } of info.mounts) {
    if (type !== 'bind') continue
    const path = source.length > 1 ? source.replace(/\/+$/, '') : source
    if (sockets.test(path)) risks.push('runtime-socket')
    else add(sensitive.includes(path), `mount:${path}${writable ? '' : ':ro'}`)
  }
  for (const option of info.securityOptions ?? [])
    add(
      /^(seccomp|apparmor)[=:]unconfined$/.test(option) || option === 'label=disable' || option === 'label:disable',
      option.replace(':', '='),
    )
  add(info.user === '' || /^(0|root)(:|$)/.test(info.user), 'root')
  add(info.memoryLimit === 0 && info.pidsLimit === 0 && info.cpuLimit === 0, 'no-limits')
  return risks
}
