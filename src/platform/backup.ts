import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { JennerError } from '../base/errors.ts'
import { isObject, itemsAt, parseJson, stringAt } from '../base/json.ts'
import type { ArchiveEntry } from '../base/model/visitor.ts'
import { createTar } from '../runtime/respond/evidence/tar.ts'
import { createTarReader } from '../scan/image/tar/reader.ts'
import { type Place, runningAt } from './place.ts'

/** What is not kept: it can be made anew, or belongs to the process that runs. */
const left =
  /^(cache|run\.json|lock|jenner\.log|jenner\.sock|setup-link|jenner\.db(-wal|-shm|-journal)?|before-[\w-]+\.db|.*\.part)$/
const maxFiles = 100_000
const maxBytes = 2 ** 40

export interface BackedUp {
  file: string
  bytes: number
  sha256: string
}

/**
 * Writes the state of a platform into one tar, also while it runs: the store as of one moment (SQLite's online backup), the key that seals its secrets, responses,
 * profiles, evidence. Throws bad_argument where there is no embedded store, output_unwritable.
 */
export async function backUp({ folder }: Place, file: string): Promise<BackedUp> {
  const store = join(folder, 'jenner.db')
  if (!existsSync(store)) throw new JennerError('bad_argument', folder)
  const copy = `${file}.db.part`
  const tar = createTar(file)
  try {
    const db = new DatabaseSync(store, { readOnly: true })
    try {
      await copyDatabase(db, copy)
    } finally {
      db.close()
    }
    addFile(tar, 'jenner.db', copy)
    for (const name of listFiles(folder)) addFile(tar, name, join(folder, name))
    tar.finish({ format: 'jenner-backup', version: 1, createdAt: new Date().toISOString() })
  } catch (error) {
    tar.abandon()
    throw error
  } finally {
    rmSync(copy, { force: true })
  }
  return { file, ...digestOf(file) }
}

/** Puts a backup into a state folder. What was there is moved aside, to `FOLDER.before-restore`. Throws malformed when a byte of the backup is not what its manifest says; nothing is changed then. */
export function restore(place: Place, file: string): number {
  if (runningAt(place) !== undefined) throw new JennerError('already_running', place.folder)
  const draft = `${place.folder}.restore`
  rmSync(draft, { recursive: true, force: true })
  const found = unpack(file, draft)
  const manifest = found.get('manifest.json')
  if (manifest === undefined) throw broken(file, draft, 'no manifest')
  const members = itemsAt(manifestOf(join(draft, 'manifest.json')), 'members')
  for (const member of members) {
    const name = stringAt(member, 'name') ?? ''
    if (found.get(name) !== stringAt(member, 'sha256'))
      throw broken(file, draft, `${name} is not what the manifest says`)
  }
  if (members.length !== found.size - 1) throw broken(file, draft, 'files that the manifest does not know')
  rmSync(join(draft, 'manifest.json'))
  if (existsSync(place.folder)) {
    const aside = `${place.folder}.before-restore`
    rmSync(aside, { recursive: true, force: true })
    renameSync(place.folder, aside)
  }
  renameSync(draft, place.folder)
  return members.length
}

function manifestOf(path: string): unknown {
  const fd = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(fd).size, 64 << 20))
    readSync(fd, bytes)
    const value = parseJson(bytes.toString('utf8'))
    return isObject(value) && value.format === 'jenner-backup' ? value : undefined
  } finally {
    closeSync(fd)
  }
}

function broken(file: string, draft: string, why: string): JennerError {
  rmSync(draft, { recursive: true, force: true })
  return new JennerError('malformed', `${file}: ${why}`)
}

/** Writes the regular files of a tar below `folder`, each name within it; answers their digests. Anything else in the archive is refused. */
function unpack(file: string, folder: string): Map<string, string> {
  const digests = new Map<string, string>()
  const problems: string[] = []
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const reader = createTarReader({
    limits: { maxEntries: maxFiles, maxPathLength: 200, maxLayerBytes: maxBytes },
    problem: (code, path) => problems.push(`${path}: ${code}`),
    visitor: {
      entry(entry: ArchiveEntry) {
        if (entry.type !== 'file' || entry.whiteout !== undefined) {
          problems.push(`${entry.path}: ${entry.type}`)
          return undefined
        }
        const path = join(folder, entry.path)
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        const out = openSync(path, 'wx', 0o600)
        const hash = createHash('sha256')
        return {
          write(chunk) {
            hash.update(chunk)
            writeFileSync(out, chunk)
          },
          end(complete) {
            closeSync(out)
            if (complete) digests.set(entry.path, hash.digest('hex'))
            else problems.push(`${entry.path}: truncated`)
          },
        }
      },
    },
  })
  readWhole(file, chunk => reader.feed(chunk))
  reader.end()
  if (problems.length > 0) throw broken(file, folder, problems[0]!)
  return digests
}

function readWhole(file: string, take: (chunk: Buffer) => unknown): number {
  const fd = openSync(file, 'r')
  const buffer = Buffer.alloc(1 << 18)
  let total = 0
  try {
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) {
      total += got
      if (take(buffer.subarray(0, got)) === false) break
    }
    return total
  } finally {
    closeSync(fd)
  }
}

function digestOf(file: string): Pick<BackedUp, 'bytes' | 'sha256'> {
  const hash = createHash('sha256')
  const bytes = readWhole(file, chunk => void hash.update(chunk))
  return { bytes, sha256: hash.digest('hex') }
}

function addFile(tar: ReturnType<typeof createTar>, name: string, path: string): void {
  const fd = openSync(path, 'r')
  try {
    tar.addFile(name, fd, fstatSync(fd).size)
  } finally {
    closeSync(fd)
  }
}

/** Regular files below the folder, relative, without those that are made anew. */
function listFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return names
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(name => !left.test(name.split('/')[0]!) && !name.endsWith('.part'))
    .slice(0, maxFiles)
}
