import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { DecodeProblem, PieceReader } from './decoder.ts'
import type { HandleDecoder } from './zlib-handle.ts'

/**
 * Intel's ISA-L through koffi, where the machine has it (Debian: libisal2): inflates in two thirds of zlib's time. It checks the CRC and length of
 * each gzip member itself. Its state is a plain structure whose offsets are part of the library's ABI (soname 2); a self-test stands before its use.
 */
interface Library {
  init(state: unknown): void
  reset(state: unknown): void
  inflate(state: unknown): number
  alloc(size: number): { pointer: unknown; address: bigint; bytes: Buffer }
  free(pointer: unknown): void
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
export function openIsal(read: PieceReader): HandleDecoder {
  return openWith(loaded as Library, read, inputBytes, outputBytes)
}

function openWith(library: Library, read: PieceReader, inputSize: number, outputSize: number): HandleDecoder {
  const state = library.alloc(stateBytes)
  const input = library.alloc(inputSize)
  const output = library.alloc(outputSize)
  const view = new DataView(state.bytes.buffer, state.bytes.byteOffset, stateBytes)
  let problem: DecodeProblem | undefined
  let piece: Buffer = Buffer.alloc(0)
  let ended = false
  let between = true

  /** More stored bytes into the input buffer, when it is empty. */
  const refill = (): void => {
    if (view.getUint32(field.availableIn, true) > 0 || ended) return
    if (piece.length === 0) piece = read()
    ended = piece.length === 0
    const length = Math.min(piece.length, inputSize)
    input.bytes.set(piece.subarray(0, length))
    piece = piece.subarray(length)
    view.setBigUint64(field.nextIn, input.address, true)
    view.setUint32(field.availableIn, length, true)
  }
  /** Starts the next member, if there is one: as zlib does, zeros behind the end are padding, anything else must be a member. */
  const startMember = (first: boolean): boolean => {
    refill()
    const left = view.getUint32(field.availableIn, true)
    if (left === 0) return false
    const at = Number(view.getBigUint64(field.nextIn, true) - input.address)
    if (!first && input.bytes[at] === 0) return restIsZero(at, left)
    library.reset(state.pointer)
    view.setUint32(field.crcFlag, gzipWrapper, true)
    between = false
    return true
  }
  const restIsZero = (at: number, left: number): false => {
    let rest = input.bytes.subarray(at, at + left)
    while (rest.length > 0 && problem === undefined) {
      if (rest.some(byte => byte !== 0)) problem = { code: 'malformed', detail: 'gzip: bytes behind the end' }
      view.setUint32(field.availableIn, 0, true)
      refill()
      rest = input.bytes.subarray(0, view.getUint32(field.availableIn, true))
    }
    return false
  }
  const step = (): number => {
    const before = view.getUint32(field.availableIn, true)
    view.setBigUint64(field.nextOut, output.address, true)
    view.setUint32(field.availableOut, outputSize, true)
    const code = library.inflate(state.pointer)
    if (code < 0) problem = { code: 'malformed', detail: `gzip: ${failures[code] ?? `error ${code}`}` }
    if (view.getInt32(field.blockState, true) === finished) between = true
    const produced = outputSize - view.getUint32(field.availableOut, true)
    const stuck = produced === 0 && !between && before > 0 && before === view.getUint32(field.availableIn, true)
    if (stuck) problem ??= { code: 'malformed', detail: 'gzip: no progress' }
    return produced
  }
  library.init(state.pointer)
  view.setUint32(field.availableIn, 0, true)
  let first = true
  return {
    next() {
      while (problem === undefined) {
        if (between && !startMember(first)) return undefined
        first = false
        refill()
        const produced = step()
        if (produced > 0) return output.bytes.subarray(0, produced)
        if (!between && ended && view.getUint32(field.availableIn, true) === 0)
          problem ??= { code: 'truncated', detail: 'gzip: unexpected end of file' }
      }
      return undefined
    },
    get problem() {
      return problem
    },
    close() {
      for (const memory of [state, input, output]) library.free(memory.pointer)
    },
  }
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
    alloc(size) {
      const pointer = koffi.alloc('uint8_t', size)
      return { pointer, address: koffi.address(pointer), bytes: Buffer.from(koffi.view(pointer, size)) }
    },
    free: pointer => koffi.free(pointer),
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
  const decoder = openWith(library, read, 700, 900)
  let text = ''
  for (let piece = decoder.next(); piece !== undefined; piece = decoder.next()) text += piece.toString('latin1')
  const { problem } = decoder
  decoder.close()
  return problem?.code ?? text
}
