import { createRequire } from 'node:module'
import { type DecodeProblem, type InnerDecoder, type OutputBuffer, oneBuffer, type PieceReader } from './decoder.ts'

/** What one call of a C library's stream decoder did. */
export interface NativeStep {
  taken: number
  given: number
  /** `end`: this stream is whole; others may follow where the format allows that. */
  state: 'more' | 'end' | DecodeProblem
}

/** One stream of a C library, its state behind it. */
export interface NativeStream {
  /** `finishing`: no more bytes than these will come. */
  step(input: bigint, inputLength: number, output: bigint, outputLength: number, finishing: boolean): NativeStep
  close(): void
}

export interface NativeFormat {
  name: string
  open(): NativeStream
  /** Each stream ends by itself and the next one needs a fresh state. */
  restarts: boolean
}

type Koffi = typeof import('koffi')

const inputBytes = 64 * 1024
const outputBytes = 256 * 1024

/** koffi, loaded when a library is. */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)('koffi') as Koffi
}

/** The first of the library's names that the machine has. Throws when it has none. */
export function loadFirst(koffi: Koffi, names: readonly string[]): ReturnType<Koffi['load']> {
  for (const name of names) {
    try {
      return koffi.load(name)
    } catch {}
  }
  throw new Error(names.join(', '))
}

/** Decodes by a C library, synchronously, from one buffer of its own into the one it is given. */
export function openNative(
  format: NativeFormat,
  read: PieceReader,
  output: OutputBuffer = oneBuffer(outputBytes),
): InnerDecoder {
  const koffi = loadKoffi()
  const input = Buffer.allocUnsafeSlow(inputBytes)
  const address = koffi.address(input) as bigint
  let stream: NativeStream | undefined = format.open()
  let piece: Buffer = Buffer.alloc(0)
  let [at, left] = [0, 0]
  let [ended, whole] = [false, false]
  let problem: DecodeProblem | undefined

  const refill = (): void => {
    if (left > 0 || ended) return
    if (piece.length === 0) piece = read()
    left = piece.copy(input, 0, 0, inputBytes)
    piece = piece.subarray(left)
    at = 0
    ended = left === 0
  }
  /** A stream has ended: nothing but zeros may follow, or another one. */
  const startNext = (): boolean => {
    refill()
    if (left === 0) return false
    if (input[at] === 0) {
      if (input.subarray(at, at + left).some(byte => byte !== 0))
        problem = { code: 'malformed', detail: `${format.name}: bytes behind the end` }
      left = 0
      return problem === undefined && startNext()
    }
    stream?.close()
    stream = format.open()
    whole = false
    return true
  }
  const step = (out: bigint, room: number): number => {
    refill()
    const { taken, given, state } = stream!.step(address + BigInt(at), left, out, room, ended)
    at += taken
    left -= taken
    if (typeof state === 'object') problem = state
    else if (state === 'end') whole = true
    else if (taken === 0 && given === 0 && ended)
      problem = { code: 'truncated', detail: `${format.name}: unexpected end of file` }
    return given
  }
  return {
    next() {
      const out = output()
      const place = koffi.address(out) as bigint
      let filled = 0
      while (problem === undefined && filled < out.length) {
        if (whole && !(format.restarts && startNext())) break
        filled += step(place + BigInt(filled), out.length - filled)
      }
      return filled === 0 ? undefined : out.subarray(0, filled)
    },
    get problem() {
      return problem
    },
    close() {
      stream?.close()
      stream = undefined
    },
  }
}

const selfTestText = `${'hello '.repeat(20)}again`

/** Whether a format gives `selfTestText` for `sample`, and calls the sample truncated when its end is missing. */
export function passesSelfTest(format: NativeFormat, sample: Buffer): boolean {
  return decodeWhole(format, sample) === selfTestText && decodeWhole(format, sample.subarray(0, -7)) === 'truncated'
}

/** All that a format gives for some bytes in small pieces, or the code of its problem. */
function decodeWhole(format: NativeFormat, data: Buffer): string {
  let offset = 0
  const read = (): Buffer => {
    offset += 100
    return data.subarray(offset - 100, offset)
  }
  const decoder = openNative(format, read, oneBuffer(64))
  let text = ''
  for (let part = decoder.next(); part !== undefined && text.length < 10_000; part = decoder.next())
    text += part.toString('latin1')
  decoder.close()
  return decoder.problem?.code ?? text
}
