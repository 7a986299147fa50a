import { closeSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { JennerError } from '../../../base/errors.ts'
import { type Blob, closeBlob, openBlob } from '../blob.ts'
import { compressionOfBlob } from '../inflate/open.ts'
import type { ImageSource, OpenOptions } from '../source.ts'
import { spool } from '../spool.ts'
import { readDockerArchive } from './docker-archive.ts'
import { createImageSource, type ImageParts } from './image.ts'
import { readOciLayout } from './oci-layout.ts'
import { readRootTar } from './root-tar.ts'
import { type FileTree, openFolderTree, openTarTree } from './tree.ts'

/** Opens an image that stands in a file or folder: `docker save`, OCI layout, or the tar of a root; a tar may be gzip or zstd compressed as a whole. */
export async function openImageFile(path: string, options: OpenOptions): Promise<ImageSource> {
  if (isFolder(path)) return openTree(path, openFolderTree(path, path), undefined, options)
  const file = openBlob(path)
  const blob = compressionOfBlob(file) === 'plain' ? file : await unpack(file, options)
  return openTree(
    path,
    guarded(blob, () => openTarTree(path, blob)),
    blob,
    options,
  )
}

function openTree(path: string, tree: FileTree, blob: Blob | undefined, options: OpenOptions): ImageSource {
  try {
    const parts = readParts(tree, blob, options)
    if (parts === undefined) throw noImage(path, tree)
    return createImageSource(parts, options)
  } catch (error) {
    tree.close()
    throw error
  }
}

/** What is no image: because it is something else, or because it breaks off before it says so. */
export function noImage(path: string, { damage }: FileTree): JennerError {
  if (damage === undefined) return new JennerError('not_an_image', path)
  return new JennerError(damage.code === 'truncated' ? 'truncated' : 'not_an_image', `${path}: ${damage.detail}`)
}

/** What an archive holds. `manifest.json` comes first: newer `docker save` has both, and only it names the tags. */
export function readParts(tree: FileTree, blob: Blob | undefined, options: OpenOptions): ImageParts | undefined {
  const parts = readDockerArchive(tree, options) ?? readOciLayout(tree, options)
  if (parts === undefined) return blob && readRootTar(tree, blob)
  if (tree.damage !== undefined) parts.problems = [{ path: tree.name, ...tree.damage }, ...(parts.problems ?? [])]
  return parts
}

async function unpack(file: Blob, options: OpenOptions): Promise<Blob> {
  try {
    return await spool(file, options.workDir ?? tmpdir(), options.signal)
  } finally {
    closeBlob(file)
  }
}

function guarded<T>(blob: Blob, open: () => T): T {
  try {
    return open()
  } catch (error) {
    closeSync(blob.fd)
    throw error
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new JennerError(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'target_not_found' : 'target_unreadable',
      path,
      error,
    )
  }
}
