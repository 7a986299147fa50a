import type { EntrySink } from '../../../base/model/visitor.ts'
import { blockSize } from './header.ts'
import { parseDecimal, parseNumber } from './numbers.ts'
import type { Overlay } from './pax.ts'

/** Runs of stored bytes in a file with holes: offset, length, offset, length … */
export interface SparseMap {
  realSize: number
  runs: number[]
  /** GNU 1.0: the runs stand before the data, as decimal lines. */
  inData?: boolean
}

const maxRuns = 100_000

/** The runs that PAX records state (GNU tar formats 0.0, 0.1, 1.0; GNU tar manual, "Storing Sparse Files"). Undefined: not sparse; `'bad'`: contradicts itself. */
export function sparseOf(overlay: Overlay): SparseMap | 'bad' | undefined {
  const keys = overlay.sparse
  if (keys === undefined) return undefined
  const realSize = parseDecimal(keys.get('realsize') ?? keys.get('size') ?? '')
  if (realSize === undefined) return 'bad'
  if (keys.get('major') === '1') return { realSize, runs: [], inData: true }
  const map = keys.get('map')
  const runs = map === undefined ? (overlay.pairs ?? []) : map.split(',').map(part => parseDecimal(part) ?? -1)
  return checked({ realSize, runs })
}

/** Old GNU header, type `S`: four runs at 386, `isextended` at 482, real size at 483. Also says whether another block of runs follows. */
export function oldSparseOf(block: Uint8Array, at: number): { map: SparseMap; more: boolean } | 'bad' {
  const realSize = parseNumber(block, at + 483, 12)
  if (realSize === undefined) return 'bad'
  const map: SparseMap = { realSize, runs: [] }
  return addRuns(map, block, at + 386, 4) ? { map, more: block[at + 482] !== 0 } : 'bad'
}

/** A further block of an old GNU header: 21 runs, `isextended` at 504. */
export function continueSparse(map: SparseMap, block: Uint8Array, at: number): boolean | 'bad' {
  return addRuns(map, block, at, 21) ? block[at + 504] !== 0 : 'bad'
}

function addRuns(map: SparseMap, block: Uint8Array, at: number, count: number): boolean {
  for (let i = 0; i < count; i++) {
    if (block[at + i * 24] === 0) break
    const offset = parseNumber(block, at + i * 24, 12)
    const length = parseNumber(block, at + i * 24 + 12, 12)
    if (offset === undefined || length === undefined) return false
    map.runs.push(offset, length)
  }
  return checked(map) !== 'bad'
}

/** Runs must ascend, not overlap, and end within the file. */
function checked(map: SparseMap): SparseMap | 'bad' {
  if (map.runs.length % 2 !== 0 || map.runs.length > maxRuns * 2) return 'bad'
  let end = 0
  for (let i = 0; i < map.runs.length; i += 2) {
    const offset = map.runs[i]!
    const length = map.runs[i + 1]!
    if (offset < end || length < 0 || offset + length > map.realSize) return 'bad'
    end = offset + length
  }
  return map
}

const zeros = Buffer.alloc(64 * 1024)

/** A sink that fills the holes with zeros before `target` sees them. Ends incomplete when the runs and the stored bytes disagree. */
export function sparseSink(map: SparseMap, target: EntrySink): EntrySink {
  let written = 0
  let run = 0
  let inRun = 0
  let bad = false
  let before: ReturnType<typeof mapReader> | undefined = map.inData ? mapReader(map) : undefined

  const fill = (until: number): void => {
    while (written < until) {
      const length = Math.min(zeros.length, until - written)
      target.write(zeros.subarray(0, length))
      written += length
    }
  }
  const data = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length && !bad; ) {
      while (run < map.runs.length && inRun === map.runs[run + 1]!) {
        run += 2
        inRun = 0
      }
      if (run >= map.runs.length) return
      fill(map.runs[run]! + inRun)
      const length = Math.min(chunk.length - at, map.runs[run + 1]! - inRun)
      target.write(chunk.subarray(at, at + length))
      at += length
      inRun += length
      written += length
    }
  }
  return {
    write(chunk) {
      if (before === undefined) return data(chunk)
      const rest = before(chunk)
      if (rest === 'bad') bad = true
      else if (rest !== undefined) {
        before = undefined
        data(rest)
      }
    },
    end(complete) {
      while (run < map.runs.length && inRun === map.runs[run + 1]!) {
        run += 2
        inRun = 0
      }
      const whole = complete && !bad && before === undefined && run >= map.runs.length
      if (whole) fill(map.realSize)
      target.end(whole)
    },
  }
}

/** GNU 1.0: `COUNT LF (OFFSET LF LENGTH LF)*`, padded to whole blocks. Returns the bytes behind the map once it is complete. */
function mapReader(map: SparseMap): (chunk: Uint8Array) => Uint8Array | 'bad' | undefined {
  let digits = ''
  let consumed = 0
  let expected = -1
  return chunk => {
    for (let at = 0; at < chunk.length; at++) {
      if (expected === map.runs.length && consumed % blockSize === 0) return chunk.subarray(at)
      const byte = chunk[at]!
      consumed++
      if (expected === map.runs.length) continue
      if (byte !== 0x0a) {
        digits += String.fromCharCode(byte)
        if (digits.length > 20) return 'bad'
        continue
      }
      const number = parseDecimal(digits)
      digits = ''
      if (number === undefined) return 'bad'
      if (expected >= 0) map.runs.push(number)
      else if (number > maxRuns) return 'bad'
      else expected = number * 2
      if (expected === map.runs.length && checked(map) === 'bad') return 'bad'
    }
    return expected === map.runs.length && consumed % blockSize === 0 ? new Uint8Array(0) : undefined
  }
}
