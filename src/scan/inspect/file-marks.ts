import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Of an unpacked image, or of a set of rules. */
const maxFiles = 2000
const maxDepth = 4

/**
 * A file, or every file of a folder, as the file system knows it: device, inode, size, modification and change time. Undefined when one of them changed after
 * `settledBefore` (ms since the epoch), for a folder of more than 2,000 files, and for one with links. Throws what `stat` throws.
 */
export function marksOf(path: string, settledBefore: number): string | undefined {
  const files = statSync(path).isDirectory() ? listed(path, 0) : [path]
  const parts = files?.map(file => {
    const stat = statSync(file, { bigint: true })
    if (!stat.isFile() || Number(stat.ctimeMs) > settledBefore) return undefined
    return [file, stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':')
  })
  return parts === undefined || parts.includes(undefined) ? undefined : parts.join('\n')
}

function listed(folder: string, depth: number): string[] | undefined {
  if (depth > maxDepth) return undefined
  const files: string[] = []
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    const stat = lstatSync(path)
    const below = stat.isDirectory() ? listed(path, depth + 1) : stat.isFile() ? [path] : undefined
    if (below === undefined || files.length + below.length > maxFiles) return undefined
    files.push(...below)
  }
  return files
}
