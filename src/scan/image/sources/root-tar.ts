import type { Blob } from '../blob.ts'
import type { ImageParts } from './image.ts'
import type { FileTree } from './tree.ts'

/** Folders that only the root of a system has at its top. */
const rootFolders = ['bin', 'etc', 'lib', 'opt', 'root', 'sbin', 'usr', 'var']

/** `docker export`, or what `docker import` takes: the root file system itself, as one layer without a configuration. Undefined when it does not look like one. */
export function readRootTar(tree: FileTree, blob: Blob): ImageParts | undefined {
  if (!looksLikeRoot(tree)) return undefined
  const layer = { index: 0, size: blob.size, mediaType: 'application/vnd.oci.image.layer.v1.tar', blob }
  return { name: tree.name, layers: [layer], close: () => tree.close() }
}

function looksLikeRoot(tree: FileTree): boolean {
  for (const path of tree.paths()) {
    if (rootFolders.includes(path.split('/', 1)[0]!) && path.includes('/')) return true
  }
  return false
}
