import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { LayerReading, LayerVisitor } from '../../base/model/visitor.ts'
import { type FolderOptions, readFolder } from '../image/folder.ts'
import type { LayerReader } from './read-layers.ts'
import type { InspectProgress, InspectRequest } from './request.ts'

/** Where container engines keep the files of images and containers: artifacts of their own, not software of this machine. */
const engineFolders = [
  'var/lib/docker',
  'var/lib/containerd',
  'var/lib/containers/storage',
  'run/containerd',
  'run/docker',
]

interface FolderHooks {
  onProgress?: (progress: InspectProgress) => void
  signal?: AbortSignal
}

/** A folder, or a single file, as one layer that nobody keeps. */
export function folderReader({ target, limits, skipDirs = [] }: InspectRequest, hooks: FolderHooks): LayerReader {
  const path = resolve(target.name)
  const { onProgress, signal } = hooks
  const options: FolderOptions = {
    skipDirs: path === '/' ? [...skipDirs, ...engineFolders] : skipDirs,
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (_entries: number, bytes: number) => onProgress({ phase: 'layers', bytes }) }),
  }
  return {
    count: 1,
    read: async (_, visitor) =>
      statSync(path, { throwIfNoEntry: false })?.isFile()
        ? readSingleFile(path, visitor)
        : readFolder(path, visitor, limits, options),
    recall: () => undefined,
    keep: () => {},
    recallPart: () => undefined,
    keepPart: () => {},
  }
}

/** `jenner fs package-lock.json`: the file as if it were alone in a folder. */
function readSingleFile(path: string, visitor: LayerVisitor): LayerReading {
  const fd = openSync(path, 'r')
  try {
    const { size, mode } = fstatSync(fd)
    const sink = visitor.entry({ path: basename(path), type: 'file', size, mode: mode & 0o7777 })
    const buffer = Buffer.allocUnsafe(1024 * 1024)
    let done = 0
    while (sink && done < size) {
      const read = readSync(fd, buffer, 0, Math.min(buffer.length, size - done), done)
      if (read === 0) break
      sink.write(buffer.subarray(0, read))
      done += read
    }
    sink?.end(done === size)
    return { bytes: done, entries: 1, problems: [] }
  } finally {
    closeSync(fd)
  }
}
