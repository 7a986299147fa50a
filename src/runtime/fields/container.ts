import type { ContainerInfo, ContainerMount, RuntimeEvent } from '../../base/model/runtime.ts'
import { compileGlob } from '../rules/condition/glob.ts'
import type { FieldValue } from '../rules/condition/value.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Fields of class `container`. A process outside of containers has `container.id` `host`, and little else. */
export function containerFields(name: string, given: string | undefined): Reader | undefined {
  if (given === undefined) return lookUp(table, name)
  if (name === 'label') return event => label(event.container?.labels, given)
  const part = Object.hasOwn(mountParts, name) ? mountParts[name] : undefined
  return part && mountField(part, given, name === 'mount.source' ? 'destination' : 'source')
}

const shortId = (id: string): string => id.slice(0, 12)

const onHost = (event: RuntimeEvent): boolean => event.process.containerId === ''

const ids = new Map<string, string>()

function idOf({ process }: RuntimeEvent): string {
  const { containerId } = process
  if (containerId === '') return 'host'
  const known = ids.get(containerId)
  if (known !== undefined) return known
  if (ids.size > 5000) ids.clear()
  const id = shortId(containerId)
  ids.set(containerId, id)
  return id
}

const table: ReaderTable = {
  id: idOf,
  full_id: event => (onHost(event) ? 'host' : event.process.containerId),
  name: event => (onHost(event) ? 'host' : event.container?.name),
  type: event => (onHost(event) ? 'host' : event.container?.runtime),
  image: event => event.container?.image,
  'image.id': ({ container }) => container && shortId(container.imageId.replace(/^sha256:/, '')),
  'image.repository': event => event.container?.imageRepository,
  'image.tag': event => event.container?.imageTag,
  'image.digest': ({ container }) => container?.imageDigest?.slice(container.imageDigest.indexOf('@') + 1),
  privileged: event => event.container?.privileged,
  host_pid: event => event.container?.hostPid,
  host_network: event => event.container?.hostNetwork,
  host_ipc: event => event.container?.hostIpc,
  mounts: ({ container }) => container?.mounts.map(mountText).join(','),
  labels: ({ container }) => container && labelsText(container.labels),
  healthcheck: ({ container }) => container?.healthcheck,
  ip: ({ container }) => container?.ip,
  start_ts: ({ container }) => startOf(container),
  duration: ({ container, time }) => {
    const start = startOf(container)
    return start === undefined ? undefined : time - start
  },
}

/** ns since the epoch */
function startOf(container: ContainerInfo | undefined): bigint | undefined {
  const milliseconds = Date.parse(container?.startedAt ?? container?.createdAt ?? '')
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n
}

export function label(labels: Record<string, string> | undefined, name: string): string | undefined {
  return labels && Object.hasOwn(labels, name) ? labels[name] : undefined
}

export function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}:${value}`)
    .join(', ')
}

const mountParts: Readonly<Record<string, (mount: ContainerMount) => string>> = {
  mount: mountText,
  'mount.source': mount => mount.source,
  'mount.dest': mount => mount.destination,
  'mount.mode': mount => mount.mode,
  'mount.rdwr': mount => String(mount.writable),
  'mount.propagation': mount => mount.propagation,
}

/** `source:dest:mode:rdwr:propagation` */
function mountText({ source, destination, mode, writable, propagation }: ContainerMount): string {
  return `${source}:${destination}:${mode}:${writable}:${propagation}`
}

/** `[0]` counts mounts, anything else is a shell pattern over their sources (over their destinations for `mount.source`). */
function mountField(part: (mount: ContainerMount) => string, given: string, over: 'source' | 'destination'): Reader {
  if (/^\d{1,4}$/.test(given)) {
    const index = Number(given)
    return ({ container, process }) => {
      const mount = container?.mounts[index]
      return mount ? part(mount) : process.containerId === '' ? undefined : noMount
    }
  }
  const glob = compileGlob(given)
  return kept(container => {
    const mount = container.mounts.find(candidate => glob(candidate[over]))
    return mount ? part(mount) : noMount
  })
}

/** What Falco's rules take for "there is none": `not container.mount.dest[/etc] in ("<NA>", "N/A")` must not hold for a container without mounts. */
const noMount = 'N/A'

/** Mounts of a container do not change: the answer is kept for each. */
function kept(read: (container: ContainerInfo) => FieldValue): Reader {
  const answers = new WeakMap<ContainerInfo, { value: FieldValue }>()
  return ({ container, process }) => {
    if (!container) return process.containerId === '' ? undefined : noMount
    const known = answers.get(container)
    if (known) return known.value
    const value = read(container)
    answers.set(container, { value })
    return value
  }
}
