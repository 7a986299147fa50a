import { isObject, itemsAt, stringAt } from '../base/json.ts'
import type { ContainerInfo } from '../base/model/runtime.ts'
import type { DockerClient } from '../runtime/containers/docker/http.ts'
import type { ResponseRecord } from '../runtime/respond/model.ts'
import type { Snapshot } from '../server/schemas/agent.ts'
import { containerRisks } from './risks/containers.ts'

export type SeenImage = Snapshot['images'][number]
type SeenContainer = Snapshot['containers'][number]

const maxImages = 20_000

/** The images that the Docker daemon keeps, with the time each was made. Throws docker_unreachable. */
export async function listImages(docker: DockerClient): Promise<SeenImage[]> {
  const list = await docker.call('GET', '/images/json')
  if (!Array.isArray(list)) return []
  return list.slice(0, maxImages).flatMap((entry: unknown): SeenImage[] => {
    const id = stringAt(entry, 'Id')
    if (id === undefined) return []
    const created = isObject(entry) ? Number(entry.Created) : 0
    return [
      {
        id,
        names: texts(entry, 'RepoTags').filter(name => name !== '<none>:<none>'),
        digests: texts(entry, 'RepoDigests').filter(name => !name.startsWith('<none>@')),
        size: isObject(entry) ? Number(entry.Size) || 0 : 0,
        ...(created > 0 && { createdAt: new Date(created * 1000).toISOString() }),
      },
    ]
  })
}

function texts(value: unknown, key: string): string[] {
  return itemsAt(value, key).filter((item): item is string => typeof item === 'string')
}

/** A container as the server hears of it, with its risks and what is in force for it. */
export function seenContainer(
  info: ContainerInfo,
  imageCreated: string | undefined,
  records: readonly ResponseRecord[],
  now: number,
): SeenContainer {
  const owner = info.composeProject ?? info.pod?.namespace ?? info.labels.owner ?? info.labels.maintainer
  return {
    id: info.id,
    name: info.name,
    image: info.image,
    imageId: info.imageId,
    runtime: info.runtime,
    state: info.state,
    createdAt: info.createdAt,
    ...(info.startedAt !== undefined && { startedAt: info.startedAt }),
    ...(owner !== undefined && { owner }),
    ...((info.composeService ?? info.pod?.name) !== undefined && { service: info.composeService ?? info.pod?.name }),
    user: info.user === '' ? 'root' : info.user,
    privileged: info.privileged,
    ports: portsOf(info),
    mounts: info.mounts.map(({ source, destination, writable, type }) => ({ source, destination, writable, type })),
    risks: containerRisks(info, imageCreated, now),
    actions: records.filter(({ containerId }) => containerId === info.id).map(({ action }) => action),
  }
}

/** Docker binds a published port for IPv4 and IPv6, and tells both: the same door twice. */
function portsOf({ ports = [] }: ContainerInfo): SeenContainer['ports'] {
  const twin = (port: SeenContainer['ports'][number]): boolean =>
    port.hostIp === '::' &&
    ports.some(
      other =>
        other.hostIp === '0.0.0.0' &&
        other.hostPort === port.hostPort &&
        other.containerPort === port.containerPort &&
        other.protocol === port.protocol,
    )
  return ports.filter(port => !twin(port))
}
