import type { RuntimeEvent } from '../../base/model/runtime.ts'

/** Files of an image that processes of a container ran, opened or mapped since the last time. */
export interface LoadedRow {
  containerId: string
  /** `sha256:…`, '' while it is not known. */
  imageId: string
  /** As the container sees them, without the leading slash. */
  paths: string[]
}

export interface LoadedOptions {
  post(rows: LoadedRow[]): void
  /** ms between two reports. Default 2,000. */
  every?: number
}

const maxPaths = 200_000
const opens = new Set(['open', 'openat', 'openat2'])

/** Gathers which files of their images containers use. The sensor tells each once a container, however often it is used; what lies in the upper layer is no file of the image. */
export function gatherLoaded({ post, every = 2000 }: LoadedOptions) {
  let pending = new Map<string, { imageId: string; paths: Set<string> }>()
  let held = 0
  let told = 0
  const flush = (): void => {
    if (pending.size === 0) return
    post([...pending].map(([containerId, { imageId, paths }]) => ({ containerId, imageId, paths: [...paths] })))
    pending = new Map()
    held = 0
  }
  return {
    onEvent(event: RuntimeEvent): void {
      const { containerId } = event.process
      const path = containerId === '' || event.result < 0n ? undefined : loadedPath(event)
      if (path === undefined) return
      const own = pending.get(containerId) ?? { imageId: '', paths: new Set() }
      pending.set(containerId, own)
      if (event.container) own.imageId = event.container.imageId
      if (own.paths.has(path)) return
      own.paths.add(path)
      if (++held >= maxPaths) flush()
    },
    onTick(now: number): void {
      if (now - told < every && now >= told) return
      told = now
      flush()
    },
    flush,
  }
}

function loadedPath({ type, process, fd }: RuntimeEvent): string | undefined {
  if (type === 'execve' || type === 'execveat')
    return process.exeUpperLayer || process.exeMemfd ? undefined : relative(process.exepath)
  if (type !== 'mmap_exec' && !opens.has(type)) return undefined
  return fd === undefined || fd.typechar !== 'f' || fd.upperLayer === true ? undefined : relative(fd.name)
}

/** Kernel file systems hold no files of an image. */
function relative(path: string): string | undefined {
  return path.startsWith('/') && !/^\/(proc|sys|dev)\//.test(path) && path.length > 1 ? path.slice(1) : undefined
}
