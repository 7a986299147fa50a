import { JennerError } from '../base/errors.ts'
import type { ContainerInfo } from '../base/model/runtime.ts'
import { risksOf } from '../runtime/containers/risks.ts'
import type { ResponseRecord } from '../runtime/respond/model.ts'

/** One line of `jenner ps`, its names as docker's templates have them where docker has them. */
export interface PsRow {
  ID: string
  Name: string
  Names: string
  Image: string
  ImageID: string
  State: string
  /** compose `project/service`, or Kubernetes `namespace/pod`. */
  Owner: string
  Project: string
  Service: string
  Ports: string[]
  User: string
  Risks: string[]
  Response: string[]
  Runtime: string
  Labels: Record<string, string>
  CreatedAt: string
  IP: string
  Pid: number
}

/** A container and what is in force for it as a line. */
export function rowOf(info: ContainerInfo, records: ResponseRecord[]): PsRow {
  const { composeProject = '', composeService = '', pod } = info
  const owner =
    pod === undefined
      ? [composeProject, composeService].filter(part => part !== '').join('/')
      : `${pod.namespace}/${pod.name}`
  return {
    ID: info.id,
    Name: info.name,
    Names: info.name,
    Image: info.image,
    ImageID: info.imageId,
    State: info.state,
    Owner: owner,
    Project: composeProject,
    Service: composeService,
    Ports: portsText(info.ports ?? []),
    User: info.user === '' ? 'root' : info.user,
    Risks: risksOf(info),
    Response: [
      ...new Set(
        records.map(
          ({ action }) => ({ isolate: 'isolated', pause: 'paused', stop: 'stopped' })[action as 'isolate'] ?? action,
        ),
      ),
    ],
    Runtime: info.runtime,
    Labels: info.labels,
    CreatedAt: info.createdAt,
    IP: info.ip ?? '',
    Pid: info.pid,
  }
}

/** `0.0.0.0:8080->80/tcp`, IPv6's twin left out. */
function portsText(ports: NonNullable<ContainerInfo['ports']>): string[] {
  const texts = ports.map(
    ({ hostIp, hostPort, containerPort, protocol }) =>
      `${hostIp === '::' ? '0.0.0.0' : hostIp}:${hostPort}->${containerPort}/${protocol}`,
  )
  return [...new Set(texts)]
}

const filters: Record<string, (row: PsRow, value: string) => boolean> = {
  id: (row, value) => row.ID.startsWith(value),
  name: (row, value) => row.Name.includes(value),
  image: (row, value) =>
    row.Image === value || row.Image.startsWith(`${value}:`) || row.ImageID.replace('sha256:', '').startsWith(value),
  ancestor: (row, value) => row.Image === value || row.Image.startsWith(`${value}:`),
  label: (row, value) => {
    const equals = value.indexOf('=')
    const key = equals < 0 ? value : value.slice(0, equals)
    return Object.hasOwn(row.Labels, key) && (equals < 0 || row.Labels[key] === value.slice(equals + 1))
  },
  status: (row, value) => row.State === value,
  state: (row, value) => row.State === value,
  user: (row, value) => row.User === value,
  project: (row, value) => row.Project === value,
  service: (row, value) => row.Service === value,
  risk: (row, value) => row.Risks.some(risk => risk === value || risk.startsWith(`${value}:`)),
  response: (row, value) => row.Response.includes(value),
}

/** Rows that pass: filters of the same key are alternatives, those of different keys must all hold, as docker does. Throws usage. */
export function filterRows(rows: PsRow[], given: string[]): PsRow[] {
  const byKey = new Map<string, string[]>()
  for (const text of given) {
    const equals = text.indexOf('=')
    const key = text.slice(0, equals)
    if (equals < 1 || !Object.hasOwn(filters, key))
      throw new JennerError('usage', `--filter ${text} (${Object.keys(filters).join('=, ')}=)`)
    byKey.set(key, [...(byKey.get(key) ?? []), text.slice(equals + 1)])
  }
  return rows.filter(row => [...byKey].every(([key, values]) => values.some(value => filters[key]!(row, value))))
}
