import type { ContainerInfo } from '../../base/model/runtime.ts'
import { parseImageName } from './image-name.ts'
import type { ContainerChange, ContainerSource } from './source.ts'

type Listener = (info: ContainerInfo, gone: boolean) => void

const maxEnded = 2000
const inspectsAtOnce = 8

/** What is known of containers by id, and how it changes. `keepEnded`: ms for which removed ones stay known. */
export function createRegistry(keepEnded: number) {
  const present = new Map<string, ContainerInfo>()
  const ended = new Map<string, { info: ContainerInfo; until: number }>()
  const byPrefix = new Map<string, string>()
  const listeners = new Set<Listener>()
  let closed = false
  const tell: Listener = (info, gone) => {
    for (const listener of listeners) listener(info, gone)
  }

  const put = (info: ContainerInfo): void => {
    if (closed || info.id === '') return
    present.set(info.id, info)
    ended.delete(info.id)
    byPrefix.set(info.id.slice(0, 12), info.id)
    tell(info, false)
  }

  const end = (id: string): void => {
    const info = present.get(id)
    if (info === undefined) return
    present.delete(id)
    const last: ContainerInfo = { ...info, state: 'dead', pid: 0 }
    ended.set(id, { info: last, until: Date.now() + keepEnded })
    forgetOld(ended, byPrefix)
    tell(last, true)
  }

  const get = (id: string): ContainerInfo | undefined => {
    const full = id.length >= 64 ? id : byPrefix.get(id.slice(0, 12))
    if (full === undefined || !full.startsWith(id)) return undefined
    return present.get(full) ?? ended.get(full)?.info
  }

  const describe = inOrder(async (source: ContainerSource, change: ContainerChange): Promise<void> => {
    const info = await source.inspect(change.id).catch(() => undefined)
    if (info !== undefined) put(info)
    else if (get(change.id) === undefined) {
      put(fromChange(source, change))
      if (change.kind === 'die') end(change.id)
    }
  })

  return {
    get,
    put,
    list: (): ContainerInfo[] => [...present.values()],
    onChange: (listener: Listener): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (source: ContainerSource, change: ContainerChange): void => {
      if (change.kind === 'destroy') void describe.after(change.id, () => end(change.id))
      else void describe(change.id, source, change)
    },
    /** Lists everything anew: what appeared or changed while nobody listened is described, what is gone ends. */
    async resync(source: ContainerSource): Promise<void> {
      const ids = await source.ids()
      for (const [id, { runtime }] of present) if (runtime === source.runtime && !ids.includes(id)) end(id)
      for (let at = 0; at < ids.length; at += inspectsAtOnce) {
        const group = ids.slice(at, at + inspectsAtOnce)
        await Promise.all(group.map(id => describe(id, source, { kind: 'update', id })))
      }
    },
    close: (): void => {
      closed = true
      listeners.clear()
    },
  }
}

/** What a change alone tells of a container that was gone before it could be asked about. */
function fromChange({ runtime }: ContainerSource, { id, name, image, labels }: ContainerChange): ContainerInfo {
  const { repository, tag } = parseImageName(image ?? '')
  return {
    id,
    name: name ?? '',
    runtime,
    image: image ?? '',
    imageRepository: repository,
    imageTag: tag,
    imageId: '',
    labels: labels ?? {},
    privileged: false,
    capAdd: [],
    hostNetwork: false,
    hostPid: false,
    hostIpc: false,
    mounts: [],
    user: '',
    createdAt: '',
    state: 'dead',
    pid: 0,
  }
}

/** Runs a task for the same id one after the other, so that an older answer never overwrites a newer one. */
function inOrder<Rest extends unknown[]>(task: (...rest: Rest) => Promise<void>) {
  const tails = new Map<string, Promise<void>>()
  const after = (id: string, next: () => void | Promise<void>): Promise<void> => {
    const tail = (tails.get(id) ?? Promise.resolve()).then(next).catch(() => undefined)
    tails.set(id, tail)
    return tail.finally(() => {
      if (tails.get(id) === tail) tails.delete(id)
    })
  }
  return Object.assign((id: string, ...rest: Rest) => after(id, () => task(...rest)), { after })
}

function forgetOld(ended: Map<string, { until: number }>, byPrefix: Map<string, string>): void {
  const now = Date.now()
  for (const [id, { until }] of ended) {
    if (until > now && ended.size <= maxEnded) return
    ended.delete(id)
    if (byPrefix.get(id.slice(0, 12)) === id) byPrefix.delete(id.slice(0, 12))
  }
}
