import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import { MiB } from '../../../base/limits.ts'
import { isDigest } from '../digest.ts'
import { fullName, parseReference } from '../registry/reference.ts'
import type { ImageSource, OpenOptions } from '../source.ts'
import { type BoltBucket, openBolt } from './bolt.ts'
import type { Descriptor } from './documents.ts'
import { createImageSource } from './image.ts'
import { readManifestOf } from './oci-layout.ts'
import { storeRoots } from './store-roots.ts'
import { openFolderTree } from './tree.ts'

const maxDatabaseBytes = 512 * MiB

/**
 * An image of containerd, read from its folders: `io.containerd.metadata.v1.bolt/meta.db` knows the names
 * (`v1/NAMESPACE/images/NAME/target`), `io.containerd.content.v1.content/blobs/` holds documents and layers as an OCI layout does. No client of its API, and no
 * `ctr`, is needed that way, and nothing of the daemon is asked. Throws target_not_found, target_unreadable (for who is not root, or damaged).
 */
export async function openContainerdImage(name: string, options: OpenOptions): Promise<ImageSource> {
  const { containerd: roots, namespace } = options.storeRoots ?? storeRoots(process.env)
  const wanted = namesOf(name)
  let seen = false
  for (const root of roots) {
    const file = join(root, 'io.containerd.metadata.v1.bolt/meta.db')
    if (!isThere(file)) continue
    seen = true
    const target = lookUp(file, wanted, namespace)
    if (target !== undefined) return openTarget(name, root, target, options)
  }
  throw new JennerError('target_not_found', seen ? name : 'no containerd here')
}

/** A database that is damaged or not for us holds up nobody who asks elsewhere. */
function lookUp(file: string, names: string[], namespace: string | undefined): Descriptor | undefined {
  try {
    return findTarget(readDatabase(file), names, namespace)
  } catch (error) {
    if (!(error instanceof JennerError) || error.code === 'target_unreadable') throw error
    throw new JennerError('target_unreadable', `${file}: ${error.detail}`, error)
  }
}

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    return false
  }
}

function openTarget(name: string, root: string, target: Descriptor, options: OpenOptions): ImageSource {
  const tree = openFolderTree(name, join(root, 'io.containerd.content.v1.content'))
  try {
    const parts = readManifestOf(tree, target, options)
    const tag = /:[^:/@]+$/.test(name) && !name.includes('@') ? [name] : []
    return createImageSource({ ...parts, repoTags: tag, addressedBy: 'digest' }, options)
  } catch (error) {
    tree.close()
    throw error
  }
}

/** As typed, and as containerd writes it: in full. */
function namesOf(name: string): string[] {
  try {
    return [...new Set([name, fullName(parseReference(name))])]
  } catch {
    return [name]
  }
}

/**
 * The database as one transaction left it. The daemon holds its lock, so it may write while we read: pages of a transaction are overwritten only by the
 * second one after it, hence the copy is good when the newest transaction is still the same afterwards.
 */
function readDatabase(file: string): BoltBucket {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = readBytes(file)
    const { root, transaction } = openBolt(before)
    if (openBolt(readBytes(file)).transaction === transaction) return root
  }
  throw new JennerError('target_unreadable', `${file} is written to all the time`)
}

function readBytes(file: string): Buffer {
  try {
    if (statSync(file).size > maxDatabaseBytes) throw new JennerError('limit_exceeded', file)
    return readFileSync(file)
  } catch (error) {
    throw error instanceof JennerError ? error : new JennerError('target_unreadable', file, error)
  }
}

/** Namespaces: the one of CONTAINERD_NAMESPACE alone, else that of `ctr`, of Kubernetes, then the others. */
function findTarget(root: BoltBucket, names: string[], only: string | undefined): Descriptor | undefined {
  const version = root.bucket('v1')
  if (version === undefined) return undefined
  const usual = ['default', 'k8s.io']
  const spaces = only ? [only] : [...usual, ...version.keys().filter(key => !usual.includes(key))]
  for (const space of spaces) {
    const images = version.bucket(space)?.bucket('images')
    for (const name of names) {
      const target = images?.bucket(name)?.bucket('target')
      const digest = target?.get('digest')?.toString('utf8')
      if (!isDigest(digest)) continue
      const mediaType = target?.get('mediatype')?.toString('utf8') ?? ''
      return { digest, mediaType, size: 0, annotations: {}, urls: [] }
    }
  }
  return undefined
}
