import { createHash } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import { ByteReader, ByteWriter, type Hash } from '../store/bytes.ts'
import type { Score } from '../store/pages.ts'
import type { Heading } from '../store/types.ts'
import { readScript, type Step, writeScript } from './script.ts'

/**
 * A delta file: magic 8, format 4, length of the body when unpacked 6, SHA-256 of the packed body 32, zstd of the body. Little-endian.
 * The body: JSON of DeltaHead; changed values (hash 4 + 4, kind, script); script of the detail lines; scores gone, scores new.
 */
const magic = 'JENNERDL'
const version = 1
const headSize = 50
const zstdLevel = 19
/** A delta beyond this is none: the whole database is smaller. */
const maxBody = 1024 * 1024 * 1024

export interface DeltaHead {
  /** Of both databases: SHA-256 of the file and of the content. */
  from: Identity
  to: Identity
  heading: Heading
}

export interface Identity {
  file: string
  content: string
  builtAt: string
}

export interface Delta {
  head: DeltaHead
  values: { key: Hash; kind: 'records' | 'json'; steps: Step[] }[]
  details: Step[]
  scores: { gone: Pick<Score, 'year' | 'number'>[]; set: Score[] }
}

export function encodeDelta({ head, values, details, scores }: Delta): Buffer {
  const out = new ByteWriter()
  out.text(JSON.stringify(head))
  out.number(values.length)
  for (const { key, kind, steps } of values) {
    out.number(key.low)
    out.number(key.high)
    out.byte(kind === 'records' ? 1 : 0)
    writeScript(out, steps)
  }
  writeScript(out, details)
  out.number(scores.gone.length)
  for (const { year, number } of scores.gone) for (const value of [year, number]) out.number(value)
  out.number(scores.set.length)
  for (const { year, number, score, percentile, date } of scores.set)
    for (const value of [year, number, parts(score), parts(percentile), date]) out.number(value)
  const body = out.view()
  const packed = zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: zstdLevel } })
  const start = Buffer.alloc(headSize)
  start.write(magic, 'latin1')
  start.writeUInt32LE(version, 8)
  start.writeUIntLE(body.length, 12, 6)
  createHash('sha256').update(packed).digest().copy(start, 18)
  return Buffer.concat([start, packed])
}

/** Throws JennerError delta_unusable (no delta, or damaged), unsupported (another format). */
export function decodeDelta(bytes: Buffer, path: string): Delta {
  if (bytes.length < headSize || bytes.toString('latin1', 0, 8) !== magic) throw unusable(path, 'not a delta')
  if (bytes.readUInt32LE(8) !== version) throw new JennerError('unsupported', `delta format ${bytes.readUInt32LE(8)}`)
  const packed = bytes.subarray(headSize)
  const length = bytes.readUIntLE(12, 6)
  const sum = createHash('sha256').update(packed).digest()
  if (!sum.equals(bytes.subarray(18, headSize)) || length > maxBody) throw unusable(path, 'damaged or cut off')
  try {
    const body = zstdDecompressSync(packed, { maxOutputLength: length })
    if (body.length !== length) throw unusable(path, 'another length than it says')
    return read(new ByteReader(body))
  } catch (error) {
    throw error instanceof JennerError && error.code === 'delta_unusable' ? error : unusable(path, 'damaged', error)
  }
}

function read(input: ByteReader): Delta {
  const head = JSON.parse(input.text()) as DeltaHead
  const values: Delta['values'] = []
  for (let left = input.number(); left > 0; left--) {
    const key = { low: input.number(), high: input.number() }
    values.push({ key, kind: input.byte() === 1 ? 'records' : 'json', steps: readScript(input) })
  }
  const details = readScript(input)
  const gone: Delta['scores']['gone'] = []
  for (let left = input.number(); left > 0; left--) gone.push({ year: input.number(), number: input.number() })
  const set: Score[] = []
  for (let left = input.number(); left > 0; left--) {
    const [year, number, score, percentile, date] = Array.from({ length: 5 }, () => input.number()) as Numbers
    set.push({ year, number, score: score / million, percentile: percentile / million, date })
  }
  return { head, values, details, scores: { gone, set } }
}

type Numbers = [number, number, number, number, number]
const million = 1_000_000
const parts = (value: number): number => Math.round(value * million)

export function unusable(path: string, detail: string, cause?: unknown): JennerError {
  return new JennerError('delta_unusable', `${path}: ${detail}`, cause)
}
