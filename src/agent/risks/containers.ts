import type { ContainerInfo } from '../../base/model/runtime.ts'
import { risksOf } from '../../runtime/containers/risks.ts'
import type { Risk } from '../../server/schemas/hosts.ts'
import { composeFix, runFix } from './fixes.ts'
import { riskOf, sortRisks } from './risk.ts'

const oldDays = 180
const day = 86_400_000

/** All that is risky in how a container runs, the worst first, each with what to change. `imageCreated` is ISO; `now` in ms. */
export function containerRisks(info: ContainerInfo, imageCreated: string | undefined, now: number): Risk[] {
  const risks = risksOf(info).map(word => riskOfWord(word, info))
  for (const address of exposedPorts(info)) risks.push(riskOf('exposed', address, fixOf(info, 'exposed', address)))
  if (!info.privileged && info.readOnlyRoot === false)
    risks.push(riskOf('writable-root', '', fixOf(info, 'writable-root', '')))
  if (!(info.securityOptions ?? []).some(option => /^no-new-privileges([=:]true)?$/.test(option)))
    risks.push(riskOf('new-privileges', '', fixOf(info, 'new-privileges', '')))
  const age = ageInDays(imageCreated, now)
  if (age !== undefined && age > oldDays) risks.push(riskOf('old-image', String(age)))
  return sortRisks(risks)
}

/** Days since an image was made; images that say nothing, or a time before there was Docker, have no age (reproducible builds). */
export function ageInDays(created: string | undefined, now: number): number | undefined {
  const time = Date.parse(created ?? '')
  return Number.isNaN(time) || time < Date.parse('2013-01-01') ? undefined : Math.max(0, Math.floor((now - time) / day))
}

/** `0.0.0.0:8080->80/tcp`, IPv6's twin left out. */
function exposedPorts({ ports = [] }: ContainerInfo): string[] {
  const open = ports.filter(({ hostIp }) => hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::')
  return [...new Set(open.map(({ hostPort, containerPort, protocol }) => `${hostPort}:${containerPort}/${protocol}`))]
}

function riskOfWord(word: string, info: ContainerInfo): Risk {
  const [kind = '', ...rest] = word.split(':')
  const detail = rest.join(':')
  if (kind === 'cap') return riskOf('cap', detail, fixOf(info, 'cap', detail))
  if (kind === 'mount') return riskOf('mount', detail, fixOf(info, 'mount', detail.replace(/:ro$/, '')))
  if (/^(seccomp|apparmor|label)=/.test(word)) return riskOf('unconfined', word, fixOf(info, 'unconfined', word))
  if (kind === 'root' || kind === 'no-limits' || kind === 'privileged' || kind === 'runtime-socket')
    return riskOf(kind, '', fixOf(info, kind, ''))
  return riskOf(kind as 'host-network', '', fixOf(info, kind as 'host-network', ''))
}

function fixOf(info: ContainerInfo, kind: Parameters<typeof runFix>[1], detail: string): Risk['fix'] {
  return info.composeService === undefined
    ? { kind: 'run', diff: runFix(info, kind, detail) }
    : { kind: 'compose', diff: composeFix(info, kind, detail) }
}
