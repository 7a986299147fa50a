import type { DecodeProblem } from './decoder.ts'
import { loadFirst, loadKoffi, type NativeFormat, type NativeStream, passesSelfTest } from './native-stream.ts'

/** libbz2 through koffi, where the machine has it. `bz_stream` of bzlib.h on 64-bit machines; all zero is its initial value. */
interface Library {
  init(stream: Buffer, verbosity: number, small: number): number
  decode(stream: Buffer): number
  end(stream: Buffer): number
}

const field = { nextIn: 0, availableIn: 8, nextOut: 24, availableOut: 32 }
/** The structure is 80 bytes. */
const streamBytes = 128
const codes = { ok: 0, end: 4 }
const failures: Record<number, DecodeProblem['code']> = { [-3]: 'memory', [-7]: 'truncated' }

let loaded: Library | undefined | false

/** Whether bzip2 can be read here: the library loads and passes its test. Tried once. */
export function bzip2Works(): boolean {
  loaded ??= loadTested()
  return loaded !== false
}

/** Only after `bzip2Works()`. A decoder holds 4 MB at most. */
export function bzip2Format(): NativeFormat {
  return { name: 'bzip2', restarts: true, open: () => openWith(loaded as Library) }
}

function openWith(library: Library): NativeStream {
  const stream = Buffer.alloc(streamBytes)
  let code = library.init(stream, 0, 0)
  return {
    step(input, inputLength, output, outputLength) {
      stream.writeBigUInt64LE(input, field.nextIn)
      stream.writeUInt32LE(inputLength, field.availableIn)
      stream.writeBigUInt64LE(output, field.nextOut)
      stream.writeUInt32LE(outputLength, field.availableOut)
      if (code === codes.ok) code = library.decode(stream)
      const taken = inputLength - stream.readUInt32LE(field.availableIn)
      const given = outputLength - stream.readUInt32LE(field.availableOut)
      if (code === codes.ok) return { taken, given, state: 'more' }
      if (code === codes.end) return { taken, given, state: 'end' }
      return { taken, given, state: { code: failures[code] ?? 'malformed', detail: `bzip2: error ${code}` } }
    },
    close: () => void library.end(stream),
  }
}

/** `selfTestText` as two streams. */
const sample = Buffer.from(
  'QlpoOTFBWSZTWWcm9zEAAB2RAEAAAkSgADDNAFKjGkwnyYTROF3JFOFCQZyb3MRCWmg5MUFZJlNZNkyqDgAAAAEAIKEgACGMgzTRCPF3JFOFCQNkyqDg',
  'base64',
)

function loadTested(): Library | false {
  try {
    const library = load()
    const format: NativeFormat = { name: 'bzip2', restarts: true, open: () => openWith(library) }
    return passesSelfTest(format, sample) && library
  } catch {
    return false
  }
}

function load(): Library {
  const bz2 = loadFirst(loadKoffi(), ['libbz2.so.1.0', 'libbz2.so.1'])
  return {
    init: bz2.func('int BZ2_bzDecompressInit(void *stream, int verbosity, int small)'),
    decode: bz2.func('int BZ2_bzDecompress(void *stream)'),
    end: bz2.func('int BZ2_bzDecompressEnd(void *stream)'),
  }
}
