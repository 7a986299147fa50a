import { statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../base/errors.ts'
import type { FoundSecrets, Secret } from '../base/model/content.ts'
import type { Incomplete, Inventory } from '../base/model/inventory.ts'
import { isRemoteAddress } from './git/address.ts'
import { type CloneOptions, cloneRepository } from './git/clone.ts'
import { isShallow, walkHistory } from './git/history.ts'
import { createSkip } from './inspect/skip.ts'
import type { ScanOptions, ScanTarget } from './options.ts'
import { looksLikeText, wantsSecretScan } from './secrets/files.ts'
import { findSecrets } from './secrets/find.ts'

/**
 * Reads a repository: a folder as it is, or fetched by git when an address, a branch, a tag or a commit is given. With `history` the secrets of all its commits
 * stand beside those of its files. Throws what fetching throws; `read` reads a folder.
 */
export async function readRepository(
  { name }: ScanTarget,
  options: ScanOptions,
  read: (folder: string, cloned: boolean) => Promise<Inventory>,
): Promise<Inventory> {
  const { branch, tag, commit, history } = options.git ?? {}
  const bare = isBare(name)
  const fetched = bare || isRemoteAddress(name) || [branch, tag, commit].some(part => part !== undefined)
  if (!fetched) return withHistory(name, await read(name, false), options)
  if (options.offline && isRemoteAddress(name))
    throw new JennerError('target_not_found', `${name}: not asked (--offline)`)
  const order: CloneOptions = {
    ...(branch !== undefined && { branch }),
    ...(tag !== undefined && { tag }),
    ...(commit !== undefined && { commit }),
    ...(history && !bare && { history }),
    ...(options.timeout !== undefined && { timeout: options.timeout }),
    ...(options.git?.maxBytes !== undefined && { maxBytes: options.git.maxBytes }),
    ...(options.signal && { signal: options.signal }),
  }
  const clone = await cloneRepository(name, order)
  try {
    // A repository without a work tree has more than what a clone of it gets: notes, stashes, reflogs.
    const inventory = await withHistory(bare ? name : clone.folder, await read(clone.folder, true), options)
    inventory.artifact.name = clone.shown
    return inventory
  } finally {
    await clone.close()
  }
}

/** A folder that is a repository without a work tree: its files stand in packed objects alone. */
function isBare(folder: string): boolean {
  if (isRemoteAddress(folder)) return false
  const isThere = (name: string, kind: 'isFile' | 'isDirectory'): boolean => {
    try {
      return statSync(join(folder, name))[kind]()
    } catch {
      return false
    }
  }
  return isThere('HEAD', 'isFile') && isThere('objects', 'isDirectory') && isThere('refs', 'isDirectory')
}

async function withHistory(folder: string, inventory: Inventory, options: ScanOptions): Promise<Inventory> {
  if (!options.git?.history) return inventory
  const known = new Set((inventory.secrets ?? []).flatMap(({ path, secrets }) => secrets.map(one => keyOf(path, one))))
  const skip = createSkip(options.skipDirs, options.skipFiles)
  const { found, incomplete } = await secretsOfHistory(folder, known, path => !skip?.(path), options.signal)
  return {
    ...inventory,
    secrets: [...(inventory.secrets ?? []), ...found],
    incomplete: [...inventory.incomplete, ...incomplete],
  }
}

const maxIncomplete = 1000

/** Secrets of all versions of all files, each once with the commit that brought it; without those that are `known`. */
async function secretsOfHistory(
  folder: string,
  known: Set<string>,
  wanted: (path: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<{ found: FoundSecrets[]; incomplete: Incomplete[] }> {
  const found: FoundSecrets[] = []
  const incomplete: Incomplete[] = []
  const files = walkHistory(folder, {
    wants: path => wanted(path) && wantsSecretScan({ path, type: 'file', size: 1024, mode: 0o644 }),
    onProblem: ({ commit, path, code, detail }) => {
      if (incomplete.length < maxIncomplete) incomplete.push({ path: `${path}@${commit.slice(0, 12)}`, code, detail })
    },
    ...(signal && { signal }),
  })
  let seen = 0
  for await (const { commit, path, bytes } of files) {
    if (!looksLikeText(bytes)) continue
    const secrets = findSecrets(bytes, path).filter(secret => !known.has(keyOf(path, secret)))
    for (const secret of secrets) known.add(keyOf(path, secret))
    if (secrets.length > 0) found.push({ path, commit, secrets })
    // Signals and timers get their turn.
    if (++seen % 200 === 0) await new Promise(setImmediate)
  }
  if (await isShallow(folder, signal))
    incomplete.push({ path: '.git', code: 'truncated', detail: 'a shallow clone: older commits are not here' })
  return { found, incomplete }
}

function keyOf(path: string, { rule, fingerprint }: Secret): string {
  return `${path}\0${rule}\0${fingerprint}`
}
