import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { type DecodeProblem, type InnerDecoder, type OutputBuffer, oneBuffer, type PieceReader } from './decoder.ts'

/**
 * Intel's ISA-L through koffi, where the machine has it (Debian: libisal2): inflates in two thirds of zlib's time. It checks the CRC and length of
 * each gzip member itself. Its state is a plain structure whose offsets are part of the library's ABI (soname 2); a self-test stands before its use.
 */
interface Library {
  init(state: Buffer): void
  reset(state: Buffer): void
  inflate(state: Buffer): number
  /** Where a buffer's bytes are; they stay there as long as the buffer is held. */
  address(buffer: Buffer): bigint
}

/** `struct inflate_state` of igzip_lib.h, version 2.x. */
const field = { nextOut: 0, availableOut: 8, nextIn: 16, availableIn: 32, blockState: 21160, crcFlag: 21172 }
/** The structure is 87,368 bytes; room to spare for a later version of the same ABI. */
const stateBytes = 256 * 1024
const finished = 5
const gzipWrapper = 1
const inputBytes = 256 * 1024
const outputBytes = 512 * 1024

let loaded: Library | undefined | false

/** Whether gzip can be inflated by ISA-L here: the library loads and passes its test. Tried once. `JENNER_ISAL=0` forgoes it. */
export function isalWorks(): boolean {
  loaded ??= process.env.JENNER_ISAL === '0' ? false : loadTested()
  return loaded !== false
}

/** As `openHandle('gzip', …)`. Only after `isalWorks()`. */
export function openIsal(read: PieceReader, output: OutputBuffer = oneBuffer(outputBytes)): InnerDecoder {
  return openWith(loaded as Library, read, inputBytes, output)
}

function openWith(library: Library, read: PieceReader, inputSize: number, output: OutputBuffer): InnerDecoder {
  const input = openInput(library, read, inputSize)
  const { state, view } = input
  let problem: DecodeProblem | undefined
  let between = true
  let first = true

  const fail = (code: DecodeProblem['code'], detail: string): void => {
    problem ??= { code, detail: `gzip: ${detail}` }
  }
  /** Starts the next member, if there is one: as zlib does, zeros behind the end are padding, anything else must be a member. */
  const startMember = (): boolean => {
    if (input.refill() === 0) return false
    if (!first && input.nextByte() === 0) {
      if (!input.restIsZero()) fail('malformed', 'bytes behind the end')
      return false
    }
    library.reset(state)
    view.setUint32(field.crcFlag, gzipWrapper, true)
    between = first = false
    return true
  }
  /** Inflates to `address` at most `room` bytes; returns how many came. */
  const step = (address: bigint, room: number): number => {
    const before = input.refill()
    view.setBigUint64(field.nextOut, address, true)
    view.setUint32(field.availableOut, room, true)
    const code = library.inflate(state)
    if (code < 0) fail('malformed', failures[code] ?? `error ${code}`)
    between = view.getInt32(field.blockState, true) === finished
    const produced = room - view.getUint32(field.availableOut, true)
    if (produced > 0 || between) return produced
    if (before === 0) fail('truncated', 'unexpected end of file')
    else if (before === input.left()) fail('malformed', 'no progress')
    return 0
  }
  return {
    next() {
      const out = output()
      const address = library.address(out)
      let filled = 0
      while (problem === undefined && filled < out.length) {
        if (between && !startMember()) break
        filled += step(address + BigInt(filled), out.length - filled)
      }
      return filled === 0 ? undefined : out.subarray(0, filled)
    },
    get problem() {
      return problem
    },
    close() {},
  }
}

interface Input {
  state: Buffer
  view: DataView
  /** More stored bytes when there are none left; returns how many there are then: 0 at the end. */
  refill(): number
  left(): number
  nextByte(): number
  /** Takes all that is left. */
  restIsZero(): boolean
}

/** The library's state, and the stored bytes that it is to take. */
function openInput(library: Library, read: PieceReader, size: number): Input {
  const state = Buffer.alloc(stateBytes)
  const view = new DataView(state.buffer, state.byteOffset, stateBytes)
  const buffer = Buffer.allocUnsafeSlow(size)
  const address = library.address(buffer)
  let piece: Buffer = Buffer.alloc(0)
  library.init(state)
  view.setUint32(field.availableIn, 0, true)

  const left = (): number => view.getUint32(field.availableIn, true)
  const rest = (): Buffer => {
    const at = Number(view.getBigUint64(field.nextIn, true) - address)
    return buffer.subarray(at, at + left())
  }
  const refill = (): number => {
    if (left() > 0) return left()
    if (piece.length === 0) piece = read()
    const length = piece.copy(buffer, 0, 0, Math.min(piece.length, size))
    piece = piece.subarray(length)
    view.setBigUint64(field.nextIn, address, true)
    view.setUint32(field.availableIn, length, true)
    return length
  }
  const restIsZero = (): boolean => {
    while (refill() > 0) {
      if (rest().some(byte => byte !== 0)) return false
      view.setUint32(field.availableIn, 0, true)
    }
    return true
  }
  return { state, view, refill, left, restIsZero, nextByte: () => rest()[0]! }
}

const failures: Record<number, string> = {
  [-1]: 'invalid block',
  [-2]: 'invalid symbol',
  [-3]: 'invalid distance',
  [-4]: 'incorrect header check',
  [-5]: 'unknown compression method',
  [-6]: 'incorrect data check',
}

function loadTested(): Library | false {
  try {
    const library = load()
    return selfTest(library) && library
  } catch {
    return false
  }
}

function load(): Library {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi')
  const isal = koffi.load('libisal.so.2')
  return {
    init: isal.func('void isal_inflate_init(void *state)'),
    reset: isal.func('void isal_inflate_reset(void *state)'),
    inflate: isal.func('int isal_inflate(void *state)'),
    address: buffer => koffi.address(buffer),
  }
}

/** Two members over small buffers; one cut short; one with a wrong checksum. */
function selfTest(library: Library): boolean {
  const text = Buffer.from('The vaccine for containers. '.repeat(400).replace(/a/g, (_, at: number) => String(at)))
  const sample = Buffer.concat([gzipSync(text), gzipSync(text, { level: 1 })])
  const wrong = Buffer.from(sample)
  wrong[wrong.length - 8]! ^= 1
  const twice = Buffer.concat([text, text]).toString()
  return (
    decode(library, sample) === twice &&
    decode(library, sample.subarray(0, -3)) === 'truncated' &&
    decode(library, sample.subarray(0, sample.length >> 2)) === 'truncated' &&
    decode(library, wrong) === 'malformed'
  )
}

function decode(library: Library, data: Buffer): string {
  let at = 0
  const read = (): Buffer => {
    at += 1000
    return data.subarray(at - 1000, at)
  }
  const decoder = openWith(library, read, 700, oneBuffer(900))
  let text = ''
  for (let piece = decoder.next(); piece !== undefined; piece = decoder.next()) text += piece.toString('latin1')
  return decoder.problem?.code ?? text
}
