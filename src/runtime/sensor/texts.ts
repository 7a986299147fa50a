import { resolvePath } from './paths.ts'

/** A text of a record. The same bytes give the same entry for as long as it is kept, so that whoever looks the text up pays for its hash once. */
export interface Text {
  readonly raw: string
  /** `raw` without `.`, `..` and doubled slashes where it is an absolute path; else `raw`. */
  readonly path: string
  /** Its place, -1 when it is not kept. */
  readonly slot: number
}

export interface Texts {
  /** UTF-8. */
  read(data: Uint8Array, at: number, length: number): Text
  /** `resolvePath` of a path below a base, remembered for texts that are kept. */
  join(base: Text, path: Text): string
}

/** Longer texts are not kept: they would be mostly new. */
const longest = 128
const slots = 4096
const pairs = 1024
/** The end of a path tells more than its beginning. */
const hashed = 32

interface Pair {
  base: Text
  path: Text
  joined: string
}

/** The same paths and names come again and again: decoding one costs more than comparing its bytes. Bounded: a new text takes the place of the one in its slot. */
export function createTexts(): Texts {
  const bytes = new Uint8Array(slots * longest)
  const kept = new Array<Text | undefined>(slots).fill(undefined)
  const lengths = new Uint8Array(slots)
  const joins = new Array<Pair | undefined>(pairs).fill(undefined)
  const isKept = (data: Uint8Array, at: number, length: number, slot: number): boolean => {
    if (lengths[slot] !== length) return false
    const from = slot * longest
    for (let index = 0; index < length; index++) if (bytes[from + index] !== data[at + index]) return false
    return true
  }
  return {
    read(data, at, length) {
      if (length > longest) return makeText(data, at, length, -1)
      let hash = length
      for (let index = Math.max(0, length - hashed); index < length; index++)
        hash = Math.imul(hash ^ data[at + index]!, 0x01000193)
      const slot = (hash ^ (hash >>> 15)) & (slots - 1)
      const known = kept[slot]
      if (known !== undefined && isKept(data, at, length, slot)) return known
      const text = makeText(data, at, length, slot)
      for (let index = 0; index < length; index++) bytes[slot * longest + index] = data[at + index]!
      lengths[slot] = length
      kept[slot] = text
      return text
    },
    join(base, path) {
      if (base.slot < 0 || path.slot < 0) return resolvePath(base.raw, path.path)
      const at = (Math.imul(base.slot, 31) + path.slot) & (pairs - 1)
      const known = joins[at]
      if (known !== undefined && known.base === base && known.path === path) return known.joined
      const joined = resolvePath(base.raw, path.path)
      joins[at] = { base, path, joined }
      return joined
    },
  }
}

function makeText(data: Uint8Array, at: number, length: number, slot: number): Text {
  const raw = Buffer.from(data.buffer, data.byteOffset + at, length).toString('utf8')
  return { raw, path: raw.startsWith('/') ? resolvePath('', raw) : raw, slot }
}
