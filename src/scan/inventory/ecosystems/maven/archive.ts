import { createHash } from 'node:crypto'
import { type ByteSource, sourceOf } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import type { IncompleteCode } from '../../../../base/model/inventory.ts'
import { type InflateBudget, listZip, readZipEntry, storedEntry, type ZipEntry } from '../../../../base/zip.ts'
import { ClassRoots } from './class-roots.ts'
import { identify, isMetadata } from './identify.ts'

const extensions = ['.jar', '.war', '.ear', '.rar', '.par', '.aar', '.sar', '.nar', '.kar', '.lpkg', '.hpi', '.jpi']
/** Endings of files that are Java archives. */
export const archiveExtensions: readonly string[] = extensions

const maxDepth = 8
const maxNested = 128 * 1024 * 1024
const maxMetadata = 4 * 1024 * 1024
const maxHashed = 64 * 1024 * 1024
const maxPackages = 50_000
/** What all that is inflated of one file may come to. */
const totalBudget = 1024 * 1024 * 1024

interface Walk {
  packages: FoundPackage[]
  budget: InflateBudget
  problem: ReportProblem
}

/** All artifacts in a Java archive and the archives within; those in nested ones have a path of their own: `app.war/WEB-INF/lib/x.jar`. Throws when the outermost cannot be read; what is wrong further inside is told to `problem`. */
export function readArchive(source: ByteSource, path: string, problem: ReportProblem): FoundPackage[] {
  const walk: Walk = { packages: [], budget: { left: totalBudget }, problem }
  visit(walk, source, path, 1)
  return walk.packages
}

function visit(walk: Walk, source: ByteSource, path: string, depth: number): void {
  const entries = listZip(source, isWanted)
  const texts = new Map<string, Buffer>()
  for (const entry of entries.filter(entry => !isArchive(entry.name))) {
    guarded(walk, path, entry, () => texts.set(entry.name, readZipEntry(source, entry, maxMetadata, walk.budget)))
  }
  const sha1 = hashOf(source)
  for (const found of identify(path, texts)) {
    if (walk.packages.length >= maxPackages)
      throw new JennerError('limit_exceeded', `more than ${maxPackages} packages`)
    const { main, ...item } = found
    const extra: Record<string, string> = { ...item.extra }
    if (main && sha1 !== undefined) extra.sha1 = sha1
    if (main && !item.name.includes(':')) Object.assign(extra, rootsOf(source))
    walk.packages.push({ ...item, id: `${path}#${item.name}@${item.version}`, path, extra })
  }
  for (const entry of entries.filter(entry => isArchive(entry.name))) {
    guarded(walk, path, entry, () => {
      if (depth >= maxDepth) throw new JennerError('limit_exceeded', `archives nested more than ${maxDepth} deep`)
      visit(walk, nestedSource(walk, source, entry), `${path}/${entry.name}`, depth + 1)
    })
  }
}

/** Of an archive without a group: where its classes stand, which tells whose it is. */
function rootsOf(source: ByteSource): { classRoots?: string } {
  const roots = new ClassRoots()
  listZip(source, name => {
    roots.add(name)
    return false
  })
  const text = roots.toString()
  return text === '' ? {} : { classRoots: text }
}

/** Stored archives are read where they stand; their checksum is not looked at, their own entries' are. */
function nestedSource(walk: Walk, source: ByteSource, entry: ZipEntry): ByteSource {
  if (entry.method === 0) return storedEntry(source, entry)
  return sourceOf(readZipEntry(source, entry, maxNested, walk.budget))
}

function guarded(walk: Walk, path: string, entry: ZipEntry, read: () => void): void {
  try {
    read()
  } catch (error) {
    const code = error instanceof JennerError ? codes.get(error.code) : undefined
    const detail = error instanceof Error ? error.message : String(error)
    walk.problem(entry.encrypted ? 'encrypted' : (code ?? 'malformed'), `${path}/${entry.name}: ${detail}`)
  }
}

const codes = new Map<string, IncompleteCode>([
  ['limit_exceeded', 'too_large'],
  ['truncated', 'truncated'],
  ['unsupported', 'unsupported'],
])

function isWanted(name: string): boolean {
  return isArchive(name) || isMetadata(name)
}

function isArchive(name: string): boolean {
  const dot = name.lastIndexOf('.')
  return dot >= 0 && extensions.includes(name.slice(dot).toLowerCase())
}

/** Index services know archives by it. Of very large ones (a whole application) none does. */
function hashOf(source: ByteSource): string | undefined {
  if (source.size > maxHashed) return undefined
  const hash = createHash('sha1')
  const step = 1024 * 1024
  for (let offset = 0; offset < source.size; offset += step) hash.update(source.read(offset, step))
  return hash.digest('hex')
}
