import { JennerError } from '../../../base/errors.ts'

/**
 * Reads a bbolt database (go.etcd.io/bbolt, version 2 of its file), which containerd keeps its names in: a B+ tree of pages, little-endian.
 *   page:   id u64, flags u16, count u16, overflow u32, then elements
 *   meta:   magic u32, version u32, page size u32, flags u32, root bucket (page u64, sequence u64), freelist u64, high-water u64, txid u64, checksum u64
 *   branch: pos u32, key size u32, page u64           leaf: flags u32 (1: a bucket), pos u32, key size u32, value size u32
 *   A bucket's value is its root page and sequence; root 0: its only page follows in place.
 */
export interface BoltBucket {
  /** A value; undefined where there is none or a bucket stands there. */
  get(key: string): Buffer | undefined
  bucket(key: string): BoltBucket | undefined
  /** Names of what it holds, in order. */
  keys(): string[]
}

const magic = 0xed0cdaed
const headBytes = 16
const branchFlag = 1
const leafFlag = 2
const maxDepth = 32
const maxElements = 1_000_000

interface Database {
  bytes: Buffer
  pageSize: number
  /** Elements that may still be looked at: a tree that leads round in circles ends here. */
  left: number
}

interface Meta {
  pageSize: number
  root: number
  transaction: bigint
}

/** The root bucket, and the number of the transaction that wrote it. Throws malformed. */
export function openBolt(bytes: Buffer): { root: BoltBucket; transaction: bigint } {
  const first = readMeta(bytes, 0)
  const pageSize = first?.pageSize ?? [4096, 8192, 16384, 65536].find(size => readMeta(bytes, size) !== undefined)
  const second = pageSize === undefined ? undefined : readMeta(bytes, pageSize)
  const meta = [first, second]
    .filter(found => found !== undefined)
    .sort((a, b) => Number(b.transaction - a.transaction))[0]
  if (meta === undefined) throw new JennerError('malformed', 'not a bolt database, or damaged')
  const database: Database = { bytes, pageSize: meta.pageSize, left: maxElements }
  return { root: bucketAt(database, pageAt(database, meta.root)), transaction: meta.transaction }
}

function readMeta(bytes: Buffer, at: number): Meta | undefined {
  const body = bytes.subarray(at + headBytes, at + headBytes + 64)
  if (body.length < 64 || body.readUInt32LE(0) !== magic || body.readUInt32LE(4) !== 2) return undefined
  if (fnv1a(body.subarray(0, 56)) !== body.readBigUInt64LE(56)) return undefined
  const pageSize = body.readUInt32LE(8)
  if (pageSize < 1024 || pageSize > 1024 * 1024) return undefined
  return { pageSize, root: Number(body.readBigUInt64LE(16)), transaction: body.readBigUInt64LE(48) }
}

/** FNV-1a, 64 bit. */
function fnv1a(bytes: Buffer): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash
}

/** A page and all that overflows it. */
function pageAt({ bytes, pageSize }: Database, page: number): Buffer {
  const start = page * pageSize
  if (!Number.isSafeInteger(start) || start + headBytes > bytes.length)
    throw new JennerError('malformed', `bolt: page ${page} is not there`)
  const overflow = bytes.readUInt32LE(start + 12)
  return bytes.subarray(start, Math.min(bytes.length, start + (overflow + 1) * pageSize))
}

interface Element {
  key: Buffer
  /** Leaf: the value; `isBucket` says what it is. */
  value?: Buffer
  isBucket?: boolean
  /** Branch: where it leads. */
  page?: number
}

function elementsOf(database: Database, page: Buffer): Element[] {
  const flags = page.readUInt16LE(8)
  const count = page.readUInt16LE(10)
  database.left -= count + 1
  if (database.left < 0) throw new JennerError('limit_exceeded', `bolt: more than ${maxElements} elements`)
  if ((flags & (branchFlag | leafFlag)) === 0) throw new JennerError('malformed', 'bolt: a page of another kind')
  const elements: Element[] = []
  for (let index = 0; index < count; index++) {
    const at = headBytes + index * 16
    if (at + 16 > page.length) throw new JennerError('malformed', 'bolt: a page ends early')
    elements.push((flags & branchFlag) !== 0 ? branchElement(page, at) : leafElement(page, at))
  }
  return elements
}

function branchElement(page: Buffer, at: number): Element {
  const key = slice(page, at + page.readUInt32LE(at), page.readUInt32LE(at + 4))
  return { key, page: Number(page.readBigUInt64LE(at + 8)) }
}

function leafElement(page: Buffer, at: number): Element {
  const [isBucket, position, keySize, valueSize] = [0, 4, 8, 12].map(offset => page.readUInt32LE(at + offset))
  const start = at + position!
  return {
    key: slice(page, start, keySize!),
    value: slice(page, start + keySize!, valueSize!),
    isBucket: (isBucket! & 1) === 1,
  }
}

function slice(page: Buffer, start: number, length: number): Buffer {
  if (start + length > page.length) throw new JennerError('malformed', 'bolt: an element leaves its page')
  return page.subarray(start, start + length)
}

function bucketAt(database: Database, root: Buffer): BoltBucket {
  const find = (key: string): Element | undefined => search(database, root, Buffer.from(key), 0)
  return {
    get(key) {
      const found = find(key)
      return found?.isBucket ? undefined : found?.value
    },
    bucket(key) {
      const found = find(key)
      return found?.isBucket ? bucketAt(database, rootOf(database, found.value!)) : undefined
    },
    keys() {
      const keys: string[] = []
      collect(database, root, keys, 0)
      return keys
    },
  }
}

function rootOf(database: Database, value: Buffer): Buffer {
  if (value.length < 16) throw new JennerError('malformed', 'bolt: a bucket without a root')
  const page = Number(value.readBigUInt64LE(0))
  if (page !== 0) return pageAt(database, page)
  if (value.length < 16 + headBytes) throw new JennerError('malformed', 'bolt: a bucket without a page')
  return value.subarray(16)
}

function search(database: Database, page: Buffer, key: Buffer, depth: number): Element | undefined {
  if (depth > maxDepth) throw new JennerError('malformed', 'bolt: a tree without end')
  const elements = elementsOf(database, page)
  if (elements[0]?.page === undefined) return elements.find(element => element.key.equals(key))
  const branch = elements.findLast(element => element.key.compare(key) <= 0) ?? elements[0]
  return search(database, pageAt(database, branch.page!), key, depth + 1)
}

function collect(database: Database, page: Buffer, keys: string[], depth: number): void {
  if (depth > maxDepth) throw new JennerError('malformed', 'bolt: a tree without end')
  for (const { key, page: below } of elementsOf(database, page)) {
    if (below === undefined) keys.push(key.toString('utf8'))
    else collect(database, pageAt(database, below), keys, depth + 1)
  }
}
