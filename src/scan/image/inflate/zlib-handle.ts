import { constants, createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { type DecodeProblem, type InnerDecoder, type OutputBuffer, oneBuffer, type PieceReader } from './decoder.ts'

export type Method = 'gzip' | 'zstd'

export interface HandleOptions {
  /** Of zstd: the binary logarithm of the largest window that is given memory. Default: the library's, 27. */
  windowLog?: number
}

interface Handle {
  writeSync(
    flush: number,
    input: Uint8Array | null,
    inputOffset: number,
    inputLength: number,
    output: Uint8Array,
    outputOffset: number,
    outputLength: number,
  ): void
  onerror(message: string, errno: number, code: string): void
}

interface Internals {
  _handle: Handle
  /** [output bytes left, input bytes left] after each write. */
  _writeState: Uint32Array
}

const outputBytes = 1024 * 1024

/**
 * Node's own zlib and zstd, called synchronously into one buffer that is used again: four times as fast as the public stream as it comes.
 * `_handle.writeSync` is internal to Node, so only this module knows it, `handleWorks` tests it, and the public stream stands in when it changes.
 */
export function openHandle(
  method: Method | 'deflate',
  read: PieceReader,
  output: OutputBuffer = oneBuffer(outputBytes),
  options: HandleOptions = {},
): InnerDecoder {
  const stream = openZlib(method, options)
  const { _handle: handle, _writeState: state } = stream as unknown as Internals
  const finish = method === 'zstd' ? constants.ZSTD_e_end : constants.Z_FINISH
  let problem: DecodeProblem | undefined
  let input: Buffer = Buffer.alloc(0)
  let left = 0
  let ended = false
  handle.onerror = (message, _errno, code) => {
    problem ??= { code: code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed', detail: `${method}: ${message}` }
  }
  /** Inflates into `out` from `at` on; returns how many bytes came. */
  const step = (out: Buffer, at: number): number => {
    const before = left
    handle.writeSync(ended ? finish : 0, input, input.length - left, left, out, at, out.length - at)
    if (problem !== undefined) return 0
    left = state[1]!
    const produced = out.length - at - state[0]!
    // Nothing taken and nothing given: what is left is no stream. Zero padding is harmless.
    if (produced === 0 && left > 0 && left === before) left = trailing()
    return produced
  }
  const trailing = (): number => {
    if (input.subarray(input.length - left).some(byte => byte !== 0))
      problem ??= { code: 'malformed', detail: `${method}: bytes behind the end` }
    return 0
  }
  const next = (): Buffer | undefined => {
    const out = output()
    let filled = 0
    while (problem === undefined && filled < out.length) {
      if (left === 0 && !ended) {
        input = read()
        left = input.length
        ended = left === 0
      }
      const produced = step(out, filled)
      filled += produced
      if (produced === 0 && ended && left === 0) break
    }
    return filled === 0 ? undefined : out.subarray(0, filled)
  }
  return {
    next,
    get problem() {
      return problem
    },
    close: () => giveBack(stream, method, problem === undefined),
  }
}

/** The streams' own buffer, into which nothing is ever written, is as small as it may be: it stays until garbage is collected. */
const chunkSize = 64
/** Streams to be used again: making one costs more than inflating a small file, and a closed one is held until the event loop turns. */
const idle: Record<'gzip' | 'deflate', Stream[]> = { gzip: [], deflate: [] }
const mostIdle = 8

type Stream = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>

function openZlib(method: Method | 'deflate', { windowLog }: HandleOptions): Stream {
  if (method === 'zstd') {
    const params = windowLog === undefined ? {} : { [constants.ZSTD_d_windowLogMax]: windowLog }
    return createZstdDecompress({ chunkSize, params })
  }
  const known = idle[method].pop() as (Stream & { reset(): void }) | undefined
  if (known === undefined) return method === 'gzip' ? createGunzip({ chunkSize }) : createInflateRaw({ chunkSize })
  known.reset()
  return known
}

function giveBack(stream: Stream, method: Method | 'deflate', isSound: boolean): void {
  if (method === 'zstd' || !isSound || idle[method].length >= mostIdle) stream.destroy()
  else idle[method].push(stream)
}

/** `hello` twice, as two gzip members. */
const sample = Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAB+LCAAAAAAAAAPLSM3JyQcAhqYQNgUAAAA=', 'base64')

let works: boolean | undefined

/** Whether this Node still has what `openHandle` needs and it does what it should. Tested once. */
export function handleWorks(): boolean {
  works ??= selfTest()
  return works
}

function selfTest(): boolean {
  try {
    return decodeSample(sample) === 'hellohello' && decodeSample(sample.subarray(0, -6)) === 'truncated'
  } catch {
    return false
  }
}

function decodeSample(data: Buffer): string {
  const pieces = [data.subarray(0, 20), data.subarray(20)]
  const decoder = openHandle('gzip', () => pieces.shift() ?? Buffer.alloc(0), oneBuffer(64))
  let text = ''
  for (let piece = decoder.next(); piece !== undefined; piece = decoder.next()) text += piece.toString()
  decoder.close()
  return decoder.problem?.code ?? text
}
