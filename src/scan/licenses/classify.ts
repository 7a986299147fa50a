import { createHash } from 'node:crypto'
import { toLicenseExpression } from '../../base/licenses/expression.ts'
import type { LicenseGuess } from '../../base/model/content.ts'
import { shinglesOf } from './fingerprint.ts'
import table from './table.json' with { type: 'json' }

/** Raise when the judgement changes. */
const revision = 1
/** So much of a licence's sketch must stand in a text. */
export const leastConfidence = 0.8
const maxGuesses = 8

interface Known {
  id: string
  size: number
  sketch: Uint32Array
  /** What none of the licences like it holds. */
  marks: Uint32Array
  /** Positions of the licences whose texts hold this one's. */
  inside: Set<number>
}

let known: Known[] | undefined

export function classifierDigest(): string {
  return createHash('sha256').update(`${revision} ${table.sketches}`).digest('hex')
}

/**
 * Which licences a text holds, the surest first. A licence counts where at least 80 % of its sketch stands in the text; one whose text is a part of another's
 * that was found too does not count beside it. Lines `SPDX-License-Identifier:` count fully. Linear in the text.
 */
export function classifyLicense(text: string): LicenseGuess[] {
  const stated = statedIn(text)
  const shingles = shinglesOf(text)
  const licenses = knownLicenses()
  const likely = licenses
    .map(({ sketch, marks, size }, index) => ({
      index,
      size,
      confidence: bearsMarks(marks, shingles) ? shareOf(sketch, shingles) : 0,
    }))
    .filter(({ confidence }) => confidence >= leastConfidence)
    .sort((a, b) => weightOf(b) - weightOf(a))
  const kept: typeof likely = []
  for (const one of likely) {
    const inOther = kept.some(
      other =>
        licenses[one.index]!.inside.has(other.index) &&
        (other.confidence >= one.confidence - 0.05 || licenses[other.index]!.inside.has(one.index) === false),
    )
    if (!inOther) kept.push(one)
  }
  const guesses = kept.map(({ index, confidence }) => ({
    name: licenses[index]!.id,
    confidence: Math.round(confidence * 100) / 100,
  }))
  const names = new Set(stated.map(({ name }) => name))
  return [...stated, ...guesses.filter(({ name }) => !names.has(name))].slice(0, maxGuesses)
}

function statedIn(text: string): LicenseGuess[] {
  const found = text.slice(0, 1 << 16).matchAll(/SPDX-License-Identifier:[ \t]{0,8}([^\r\n*]{2,200})/g)
  const names = [...found].flatMap(
    ([, words]) => toLicenseExpression([words!.replace(/-->|\*\/|"/g, '')])?.expression ?? [],
  )
  return [...new Set(names)].slice(0, maxGuesses).map(name => ({ name, confidence: 1 }))
}

/** How much of a licence stands there; what is missing of it weighs more. */
function weightOf({ confidence, size }: { confidence: number; size: number }): number {
  return size * (confidence - 10 * (1 - confidence))
}

function bearsMarks(marks: Uint32Array, shingles: ReadonlySet<number>): boolean {
  return marks.length < 2 || marks.filter(hash => shingles.has(hash)).length >= marks.length / 2
}

function shareOf(sketch: Uint32Array, shingles: ReadonlySet<number>): number {
  let met = 0
  for (let at = 0; at < sketch.length; at++) {
    if (shingles.has(sketch[at]!)) met++
    // A quarter of it missing already: nothing to be had here.
    else if (at - met > sketch.length * (1 - leastConfidence)) return 0
  }
  return met / sketch.length
}

function knownLicenses(): Known[] {
  if (known) return known
  const bytes = Buffer.from(table.sketches, 'base64')
  const all = new Uint32Array(bytes.length / 4)
  for (let at = 0; at < all.length; at++) all[at] = bytes.readUInt32LE(at * 4)
  let from = 0
  const take = (length: number): Uint32Array => {
    from += length
    return all.subarray(from - length, from)
  }
  known = table.licenses.map(([id, size, length, marks, ...inside]) => ({
    id: String(id),
    size: Number(size),
    sketch: take(Number(length)),
    marks: take(Number(marks)),
    inside: new Set(inside.map(Number)),
  }))
  return known
}
