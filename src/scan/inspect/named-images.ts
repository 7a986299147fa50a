import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { ImageMention } from '../../base/model/inventory.ts'
import { imagesOf, mayNameImages } from '../image-list/images-of.ts'

const maxFolders = 5000
const maxFiles = 500
const maxFileBytes = 1024 * 1024
const maxDepth = 8
const maxMentions = 1000
/** Folders of what others wrote. */
const foreign = new Set(['node_modules', 'vendor', '.git', '.venv', 'venv', 'target', 'dist'])
const manifest = /(?:^|\/)(?:k8s|kubernetes|manifests|deploy|deployment|deployments)\/(?:[^/]+\/){0,4}[^/]+\.ya?ml$/i

/**
 * The images that the files of a project name: Dockerfiles, Compose files, kustomizations, and manifests in folders called as those are. A hint what else to scan,
 * so files that cannot be read as what their names say are passed over.
 */
export function namedImages(root: string, skip: ((path: string) => boolean) | undefined): ImageMention[] {
  const found: ImageMention[] = []
  let files = 0
  for (const path of candidates(root, skip)) {
    if (++files > maxFiles || found.length >= maxMentions) break
    for (const { image, where, unresolved } of readQuietly(root, path).slice(0, maxMentions - found.length))
      found.push({ image, path, line: where.line, ...(unresolved && { unresolved }) })
  }
  return found
}

function* candidates(root: string, skip: ((path: string) => boolean) | undefined): Generator<string> {
  const waiting: { folder: string; depth: number }[] = [{ folder: root, depth: 0 }]
  for (let folders = 0; folders < maxFolders && waiting.length > 0; folders++) {
    const { folder, depth } = waiting.shift()!
    for (const entry of list(folder)) {
      const full = join(folder, entry.name)
      const path = relative(root, full)
      if (skip?.(path)) continue
      if (entry.isDirectory() && depth < maxDepth && !foreign.has(entry.name))
        waiting.push({ folder: full, depth: depth + 1 })
      if (entry.isFile() && (mayNameImages(path) || manifest.test(path))) yield path
    }
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

function readQuietly(root: string, path: string): ReturnType<typeof imagesOf> {
  const full = join(root, path)
  try {
    return statSync(full).size > maxFileBytes ? [] : imagesOf(readFileSync(full, 'utf8'), path)
  } catch (error) {
    if (error instanceof JennerError || (error as NodeJS.ErrnoException).code !== undefined) return []
    throw error
  }
}
