import { own, stringAt } from '../../../base/json.ts'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import type { DockerClient } from '../../containers/docker/http.ts'
import type { ContainerSource } from '../../containers/source.ts'

/**
 * Other running containers that by their configuration are in the same network namespace (`--network container:ID`, as all of a pod are).
 * One question to Docker; only those that qualify are looked at more closely.
 */
export async function sharing(
  docker: DockerClient,
  source: ContainerSource,
  target: ContainerInfo,
): Promise<ContainerInfo[]> {
  const list = await docker.call('GET', '/containers/json')
  const owner = ownerOf(target.networkMode ?? '') ?? target.id
  const ids = (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    const id = stringAt(item, 'Id') ?? ''
    const mode = stringAt(own(item, 'HostConfig'), 'NetworkMode') ?? ''
    return id !== target.id && (id === owner || ownerOf(mode) === owner) ? [id] : []
  })
  const found = await Promise.all(ids.map(id => source.inspect(id)))
  return found.filter(info => info !== undefined)
}

/** Docker keeps `container:NAME` as the full id. */
function ownerOf(mode: string): string | undefined {
  return mode.startsWith('container:') ? mode.slice(10) : undefined
}
