import { readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/** What the tensors and the vocabulary say is of no interest here; the keys that are stand before them, in the first of these bytes. */
const maxHead = 4 * 1024 * 1024
const maxKeys = 4096
const magic = 0x46554747

/**
 * A language model in GGUF (ggml's docs/gguf.md, little endian): `GGUF`, version (u32), tensors, keys (u64, in version 1 u32), then for each key a text,
 * a type (u32) and a value. `general.name`, `general.version` and `general.license` name the model; without a name its file does.
 */
export const gguf: Extractor = {
  id: 'gguf',
  revision: 1,
  stage: 'installed',
  patterns: [{ extension: '.gguf' }],
  headBytes: maxHead,
  parse: (file, problem) => {
    const head = readExactly(file, 0, Math.min(file.size, maxHead))
    if (head.length < 24 || head.readUInt32LE(0) !== magic) return undefined
    const { texts, whole } = textsOf(head)
    if (!whole && file.size < maxHead) problem?.('truncated', `ends within its keys, after ${file.size} bytes`)
    const part = file.path.slice(file.path.lastIndexOf('/') + 1, -'.gguf'.length)
    const license = texts.get('general.license')
    const architecture = texts.get('general.architecture')
    return [
      {
        name: texts.get('general.name') || part,
        version: texts.get('general.version') ?? '',
        ...(license && { licenses: [license] }),
        ...(architecture && { extra: { architecture } }),
      },
    ]
  },
}

/** Bytes of the types of fixed size; 8 is a text, 9 a list. */
const sizes = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
])

/** Texts by their keys, as far as the head goes. */
function textsOf(head: Buffer): { texts: Map<string, string>; whole: boolean } {
  const wide = head.readUInt32LE(4) > 1
  const texts = new Map<string, string>()
  let at = wide ? 16 : 12
  const number = (): number => {
    const value = wide ? Number(head.readBigUInt64LE(at)) : head.readUInt32LE(at)
    at += wide ? 8 : 4
    return value
  }
  const text = (): string => {
    const length = number()
    if (length > head.length - at) throw new RangeError('beyond the head')
    at += length
    return head.toString('utf8', at - length, at)
  }
  const skip = (type: number, depth: number): void => {
    const size = sizes.get(type)
    if (size !== undefined) at += size
    else if (type === 8) text()
    else if (type === 9 && depth < 4) skipList(depth)
    else throw new JennerError('malformed', `value of type ${type}`)
  }
  const skipList = (depth: number): void => {
    const type = head.readUInt32LE(at)
    at += 4
    const count = number()
    const size = sizes.get(type)
    if (size !== undefined) at += size * count
    else for (let index = 0; index < count; index++) skip(type, depth + 1)
  }
  try {
    const keys = Math.min(number(), maxKeys)
    for (let index = 0; index < keys; index++) {
      const key = text()
      const type = head.readUInt32LE(at)
      at += 4
      if (type === 8) texts.set(key.slice(0, 200), text().slice(0, 1000))
      else skip(type, 0)
    }
    return { texts, whole: true }
  } catch (error) {
    // Of a large file the head ends within the vocabulary, which is expected.
    if (!(error instanceof RangeError)) throw error
  }
  return { texts, whole: false }
}
