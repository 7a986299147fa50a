import { isObject, itemsAt, own, parseJsonObject, stringAt } from '../../../base/json.ts'

/** What runs in the containers of an image though the image did not bring it, and may. */
export interface DriftList {
  image: string
  /** As it was started: for people. */
  name: string
  paths: Map<string, DriftEntry>
  /** Paths that found no room: they are not allowed. */
  overflow: number
}

export interface DriftEntry {
  count: number
  /** ISO times. */
  first: string
  last: string
  /** Executed, or mapped as code. */
  how: 'exec' | 'map'
  /** SHA-256 of what lay there each time, in hexadecimal. Absent where not every one is known, or there are too many: then the path alone counts. */
  sha256?: string[]
}

export const maxDriftPaths = 500
/** More contents than that under one path are no content to hold a file to. */
export const maxContents = 32
const maxPath = 4096
const maxText = 8 << 20
/** What the kernel's list can hold of a path: `LISTED_LENGTH` of bpf/record.h with its end. */
const maxListed = 230

export function createDriftList(image: string, name: string): DriftList {
  return { image, name, paths: new Map(), overflow: 0 }
}

/** Notes that a path ran; `bind`: its contents will be told to `noteContent`. Answers whether it is new. Names made up at run time (`/tmp/jna-4711/x.so`) are kept as `/tmp/jna-*`. */
export function noteDrift(list: DriftList, path: string, how: DriftEntry['how'], iso: string, bind = false): boolean {
  const key = patternOf(path)
  if (key === undefined) return false
  const known = list.paths.get(key)
  if (known) {
    known.count++
    known.last = iso
    return false
  }
  if (list.paths.size >= maxDriftPaths) {
    list.overflow++
    return false
  }
  list.paths.set(key, { count: 1, first: iso, last: iso, how, ...(bind && { sha256: [] }) })
  return true
}

/** Notes what lay at a path that `noteDrift` knows; undefined when nobody could tell, and then no content is held to any more. Answers whether the list is another now. */
export function noteContent(list: DriftList, path: string, sha256: string | undefined): boolean {
  const entry = list.paths.get(patternOf(path) ?? '')
  if (entry?.sha256 === undefined || (sha256 !== undefined && entry.sha256.includes(sha256))) return false
  if (sha256 === undefined || entry.sha256.length >= maxContents) delete entry.sha256
  else entry.sha256 = [...entry.sha256, sha256].sort()
  return true
}

/** What lets a path run: the entry of itself, or of a pattern that ends in `*`. */
export function allowedBy(list: DriftList, path: string): DriftEntry | undefined {
  const own = list.paths.get(path)
  if (own) return own
  const pattern = patternOf(path)
  if (pattern === undefined) return undefined
  return list.paths.get(pattern) ?? prefixOf(list, path)
}

/** Whether the list lets a path run. */
export function allowsDrift(list: DriftList, path: string): boolean {
  return allowedBy(list, path) !== undefined
}

/** A path, or where its name (or a folder of it) is made up, what stands before that and `*`. Undefined for what is no path, or too long for the kernel. */
export function patternOf(path: string): string | undefined {
  if (path.startsWith(memfd)) return memoryPattern(path)
  if (!path.startsWith('/') || path.length > maxPath || path.includes('\0')) return undefined
  const parts = path.split('/')
  for (const [index, part] of parts.entries()) {
    if (!isMadeUp(part)) continue
    const stem = stemOf(part)
    const folder = parts.slice(0, index).join('/')
    // Without a name of its own the pattern would let the whole folder run.
    return folder === '' || stem === undefined ? undefined : `${folder}/${stem}*`
  }
  return Buffer.byteLength(path) > maxListed ? undefined : path
}

/** Names of the kind that mktemp, JNA, PyInstaller and the like make: a long run of digits, or digits and both cases mixed. */
function isMadeUp(part: string): boolean {
  if (/\d{5,}/.test(part)) return true
  const tail = /[A-Za-z0-9]{6,255}(?=\.\w{1,4}$|$)/.exec(part)?.[0] ?? ''
  return /[0-9]/.test(tail) && /[A-Z]/.test(tail) && /[a-z]/.test(tail)
}

const memfd = 'memfd:'

/** A file of memory alone goes by the name that its maker gave it, `memfd:jit`; one that is made up as `memfd:jit*`. */
function memoryPattern(path: string): string | undefined {
  const name = path.slice(memfd.length)
  if (name === '' || path.includes('\0') || Buffer.byteLength(path) > maxListed) return undefined
  if (!isMadeUp(name)) return name.endsWith('*') ? undefined : path
  const stem = stemOf(name)
  return stem === undefined ? undefined : `${memfd}${stem}*`
}

/** What a made-up name begins with: its first word and all whole words behind it, as narrow as what comes next time allows. */
function stemOf(name: string): string | undefined {
  return /^[._-]?[A-Za-z]{3,64}(?:[-_.](?:[A-Z]?[a-z]{1,64}|[A-Z]{1,64})(?=[-_.])){0,16}(?:[-_.]|(?=[^A-Za-z]))/.exec(
    name,
  )?.[0]
}

function prefixOf({ paths }: DriftList, path: string): DriftEntry | undefined {
  for (const [key, entry] of paths) if (key.endsWith('*') && path.startsWith(key.slice(0, -1))) return entry
  return undefined
}

/** The list as JSON; sorted, so that equal lists are equal texts. */
export function exportDriftList({ image, name, paths, overflow }: DriftList): string {
  const rows = [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, entry]) => ({ path, ...entry }))
  return `${JSON.stringify({ version: 1, image, name, overflow, paths: rows }, null, 1)}\n`
}

/** Reads what `exportDriftList` wrote; the text may be anyone's. A string says what is wrong. */
export function importDriftList(text: string): DriftList | string {
  if (text.length > maxText) return 'larger than 8 MiB'
  let value: Record<string, unknown>
  try {
    value = parseJsonObject(text)
  } catch {
    return 'not a JSON object'
  }
  if (own(value, 'version') !== 1) return 'unknown version'
  const image = stringAt(value, 'image')
  if (image === undefined || image === '' || image.length > maxPath) return 'no image'
  const items = itemsAt(value, 'paths')
  if (items.length > maxDriftPaths) return `more than ${maxDriftPaths} paths`
  const list = createDriftList(image, stringAt(value, 'name')?.slice(0, maxPath) ?? '')
  for (const item of items) {
    const path = stringAt(item, 'path')
    if (!isObject(item) || path === undefined || !isListable(path)) return 'a malformed path'
    const { count, first, last, how } = item
    const contents = contentsOf(item['sha256'])
    if (contents === 'malformed') return 'a malformed sha256'
    list.paths.set(path, {
      count: typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1,
      first: typeof first === 'string' ? first.slice(0, 40) : '',
      last: typeof last === 'string' ? last.slice(0, 40) : '',
      how: how === 'map' ? 'map' : 'exec',
      ...(contents && { sha256: contents }),
    })
  }
  return list
}

function contentsOf(value: unknown): string[] | 'malformed' | undefined {
  if (value === undefined) return undefined
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const isHash = (item: unknown): item is string => typeof item === 'string' && /^[0-9a-f]{64}$/.test(item)
  return list.length <= maxContents && list.every(isHash) ? list : 'malformed'
}

/** A `*` alone would let everything run: a pattern has a folder of its own. */
function isListable(path: string): boolean {
  const star = path.indexOf('*')
  if (path.includes('\0') || Buffer.byteLength(path) > maxListed) return false
  if (path.startsWith(memfd)) return star < 0 ? path !== memfd : star === path.length - 1 && star > memfd.length + 2
  if (!path.startsWith('/')) return false
  return star < 0 || (star === path.length - 1 && path.lastIndexOf('/') > 0)
}
