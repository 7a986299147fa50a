import type { DecodeProblem } from './decoder.ts'
import { loadFirst, loadKoffi, type NativeFormat, type NativeStream, passesSelfTest } from './native-stream.ts'

/**
 * liblzma through koffi, where the machine has it (every Debian, Ubuntu and Alpine: their package managers need it). `lzma_stream` of base.h is part of its ABI
 * (soname 5): all zero is its initial value.
 */
interface Library {
  init(stream: Buffer, memory: bigint, flags: number): number
  code(stream: Buffer, action: number): number
  end(stream: Buffer): void
}

const field = { nextIn: 0, availableIn: 8, nextOut: 24, availableOut: 32 }
/** The structure is 136 bytes; room to spare for a later version of the same ABI. */
const streamBytes = 256
/** Several streams behind one another, with padding between, are one file. */
const concatenated = 8
const actions = { run: 0, finish: 3 }
const codes = { ok: 0, end: 1, memory: 6, stalled: 10 }
const failures: Record<number, DecodeProblem['code']> = {
  5: 'memory',
  6: 'too_large',
  8: 'unsupported',
  10: 'truncated',
}

let loaded: Library | undefined | false

/** Whether xz can be read here: the library loads and passes its test. Tried once. */
export function lzmaWorks(): boolean {
  loaded ??= loadTested()
  return loaded !== false
}

/** Streams of xz. `memory`: bytes that the decoder may take, its dictionary above all (`xz -9` needs 65 MiB). Only after `lzmaWorks()`. */
export function lzmaFormat(memory: number): NativeFormat {
  return { name: 'xz', restarts: false, open: () => openWith(loaded as Library, memory) }
}

function openWith(library: Library, memory: number): NativeStream {
  const stream = Buffer.alloc(streamBytes)
  let code = library.init(stream, BigInt(memory), concatenated)
  return {
    step(input, inputLength, output, outputLength, finishing) {
      stream.writeBigUInt64LE(input, field.nextIn)
      stream.writeBigUInt64LE(BigInt(inputLength), field.availableIn)
      stream.writeBigUInt64LE(output, field.nextOut)
      stream.writeBigUInt64LE(BigInt(outputLength), field.availableOut)
      if (code === codes.ok) code = library.code(stream, finishing ? actions.finish : actions.run)
      const taken = inputLength - Number(stream.readBigUInt64LE(field.availableIn))
      const given = outputLength - Number(stream.readBigUInt64LE(field.availableOut))
      // No progress this time; whoever calls knows whether there is more to come.
      if (code === codes.stalled && !finishing) code = codes.ok
      if (code === codes.ok) return { taken, given, state: 'more' }
      if (code === codes.end) return { taken, given, state: 'end' }
      const detail = code === codes.memory ? `xz: needs more than ${memory} bytes of memory` : `xz: error ${code}`
      return { taken, given, state: { code: failures[code] ?? 'malformed', detail } }
    },
    close: () => library.end(stream),
  }
}

/** `selfTestText` as two streams. */
const sample = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AB3AAxdADQZSe6N6VpVbS8AAAAG6r2OiGd2awABKHiP4gUjH7bzfQEAAAAABFla/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAEYWdhaW4AAAAAwauzsBVO9SUAAR0FuC2Arx+2830BAAAAAARZWg==',
  'base64',
)

function loadTested(): Library | false {
  try {
    const library = load()
    const format: NativeFormat = { name: 'xz', restarts: false, open: () => openWith(library, 16 * 1024 * 1024) }
    return passesSelfTest(format, sample) && library
  } catch {
    return false
  }
}

function load(): Library {
  const lzma = loadFirst(loadKoffi(), ['liblzma.so.5'])
  return {
    init: lzma.func('int lzma_stream_decoder(void *stream, uint64_t memory, uint32_t flags)'),
    code: lzma.func('int lzma_code(void *stream, int action)'),
    end: lzma.func('void lzma_end(void *stream)'),
  }
}
