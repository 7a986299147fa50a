import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What an inventory is made by: folders of a checkout, seen from this one. */
const rooms = [
  '.',
  '../image',
  '../inventory',
  '../secrets',
  '../malware',
  '../licenses',
  '../image-list',
  '../../base',
]

/**
 * Changes whenever the code that reads artifacts does: name, size and times of every file of it. Asking each extractor and rule for its revision would say
 * the same and take loading them all. Undefined where the files cannot be looked at.
 */
export function codeStamp(): string | undefined {
  const isCheckout = import.meta.url.endsWith('.ts')
  const here = import.meta.dirname
  try {
    const hash = createHash('sha256').update(`${process.version} ${process.arch}`)
    const folders = isCheckout ? rooms.map(room => join(here, room)) : [here]
    for (const folder of folders) addFolder(folder, isCheckout, hash)
    if (isCheckout) addFile(join(here, '../../../package-lock.json'), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

type Hash = ReturnType<typeof createHash>

function addFolder(folder: string, deep: boolean, hash: Hash): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && deep && entry.name !== 'testdata') addFolder(path, deep, hash)
    else if (entry.isFile() && !entry.name.endsWith('.test.ts')) addFile(path, hash)
  }
}

function addFile(path: string, hash: Hash): void {
  const { size, mtimeMs, ctimeMs } = statSync(path)
  hash.update(`${path} ${size} ${mtimeMs} ${ctimeMs}\n`)
}
