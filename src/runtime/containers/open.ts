import type { ContainerInfo } from '../../base/model/runtime.ts'
import { containerIdOfCgroup } from './cgroup-path.ts'
import { createRegistry } from './registry.ts'
import type { ContainerSource, RuntimeStatus } from './source.ts'
import { containerSources, type SourceOptions, unspokenRuntimes } from './sources.ts'

/** The containers of this machine, kept up to date. Every answer is from memory: nothing here waits for a runtime but `refresh`. */
export interface Containers {
  /** By full id or its first 12 or more digits; containers that ended are known a while longer. */
  get(id: string): ContainerInfo | undefined
  /** Those that exist, running or not. */
  list(): ContainerInfo[]
  byCgroupPath(path: string): ContainerInfo | undefined
  /** Asks the runtime anew, by id or name. Undefined when there is no such container. */
  refresh(idOrName: string): Promise<ContainerInfo | undefined>
  /** Calls back with each new or changed description, and with `gone` when the container was removed. Answers how to stop. */
  onChange(callback: (info: ContainerInfo, gone: boolean) => void): () => void
  /** Which runtimes answer, and which do not and why. */
  status(): RuntimeStatus[]
  close(): void
}

export interface ContainersOptions extends SourceOptions {
  /** How long ended containers stay known for late events, ms (default 5 minutes). */
  keepEnded?: number
  /** For tests: in place of the list of runtimes. */
  sources?: ContainerSource[]
}

/**
 * Opens every runtime, reads what runs, and follows what changes. A container is described when it is *created*, some 200 ms
 * before its first exec. Resolves when each runtime has answered or could not be reached; a runtime that comes (back) later is
 * picked up then. Never throws for an absent runtime: see `status`. Works on the main thread and in workers alike.
 */
export async function openContainers(options: ContainersOptions = {}): Promise<Containers> {
  const sources = options.sources ?? containerSources.map(source => source.open(options))
  const registry = createRegistry(options.keepEnded ?? 300_000)
  const stop = new AbortController()
  const states = new Map<ContainerSource, RuntimeStatus>()
  await Promise.all(sources.map(source => followSource(source, registry, states, stop.signal)))
  return {
    get: registry.get,
    list: registry.list,
    byCgroupPath: path => {
      const id = containerIdOfCgroup(path)
      return id === undefined ? undefined : registry.get(id)
    },
    refresh: idOrName => refresh(sources, registry.put, idOrName),
    onChange: registry.onChange,
    status: () => {
      const known = [...states.values()]
      return [...known, ...unspokenRuntimes(known.some(({ runtime, connected }) => runtime === 'docker' && connected))]
    },
    close: () => {
      stop.abort()
      registry.close()
      for (const source of sources) source.close()
    },
  }
}

async function refresh(
  sources: ContainerSource[],
  put: (info: ContainerInfo) => void,
  idOrName: string,
): Promise<ContainerInfo | undefined> {
  for (const source of sources) {
    const info = await source.inspect(idOrName)
    if (info === undefined) continue
    put(info)
    return info
  }
  return undefined
}

/** Resolves after the first list, or the first failure; goes on by itself. */
function followSource(
  source: ContainerSource,
  registry: ReturnType<typeof createRegistry>,
  states: Map<ContainerSource, RuntimeStatus>,
  signal: AbortSignal,
): Promise<void> {
  const { runtime, address } = source
  states.set(source, { runtime, address, connected: false })
  return new Promise(resolve => {
    const lost = (error: unknown): void => {
      states.set(source, { runtime, address, connected: false, reason: reasonOf(error) })
      resolve()
    }
    const connected = (): void => {
      registry.resync(source).then(() => {
        states.set(source, { runtime, address, connected: true })
        resolve()
      }, lost)
    }
    source.follow({ connected, change: change => registry.change(source, change), lost }, signal).catch(lost)
  })
}

function reasonOf(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return cause?.code ?? code ?? String(error)
}
