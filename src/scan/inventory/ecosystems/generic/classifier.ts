/** A place in a program where it states its version. */
export interface Signal {
  /** Bytes (latin1) that stand by the version; they are searched for, so they should be rare. `{file}` is the version in the file's own name. */
  near: string
  /** Read in the text from `before` characters ahead of `near` to 200 behind it. Group 1 is the version. */
  pattern: RegExp
  before: number
}

/** How a program or library is recognised that no package manager installed: by its name, what it says of itself, and what stands beside that. */
export interface Classifier {
  /** Name in the purl: `pkg:generic/NAME`. */
  product: string
  /** `vendor:product` as NVD names it, likeliest first. */
  cpe: readonly string[]
  /** Names of files, without versions and triplets (names.ts). */
  names: readonly string[]
  /** The first that is found decides. */
  signals: readonly Signal[]
  /** One of these must be in the file too: where the version alone could be anybody's. */
  also?: readonly string[]
}

/** A version of two to four numbers, with a mark of pre-releases. Bounded, so that no text makes it slow. */
const plain = '\\d{1,5}(?:\\.\\d{1,5}){1,3}(?:[-.]?(?:alpha|beta|rc)[-.]?\\d{0,3})?'

/** `{v}` in the pattern is a version, `\0` the byte that ends a text in C. */
export function signal(near: string, pattern: string, before = 0): Signal {
  return { near, before, pattern: new RegExp(pattern.replace('{v}', `(${plain})`)) }
}
