import type { ByteSource } from '../../../../base/byte-source.ts'
import { MiB } from '../../../../base/limits.ts'
import type { Classifier, Signal } from './classifier.ts'

/** What a file says of itself. */
export interface Verdict {
  classifier: Classifier
  version: string
  /** The text that says it. */
  matched: string
}

const step = 4 * MiB
/** Programs are larger seldom; what stands beyond is not searched. */
const maxSearched = 512 * MiB
const maxBehind = 200
/** Text that stands across two steps is seen whole in the second one. */
const overlap = 512
/** Hits of one signal that are looked at: with the bounded patterns the time is linear in the file's size. */
const maxHits = 20_000

interface Sought {
  signal: Signal
  near: Buffer
  hits: number
  found?: { version: string; matched: string }
}

interface Candidate {
  classifier: Classifier
  signals: Sought[]
  also: Buffer[]
  alsoFound: boolean
}

/** The classifiers that a program answers to, each with the version by its first signal. One reading by steps, each literal searched by itself. */
export function classify(source: ByteSource, classifiers: readonly Classifier[], fileVersion?: string): Verdict[] {
  const candidates = classifiers.map(classifier => candidateOf(classifier, fileVersion))
  const end = Math.min(source.size, maxSearched)
  for (let from = 0; from < end; from += step) {
    const start = Math.max(0, from - overlap)
    const bytes = source.read(start, from + step - start)
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (const candidate of candidates) look(candidate, chunk)
    if (candidates.every(isDecided)) break
  }
  return candidates.flatMap(({ classifier, signals, alsoFound }) => {
    const found = signals.find(({ found }) => found !== undefined)?.found
    return found && alsoFound ? [{ classifier, ...found }] : []
  })
}

function candidateOf(classifier: Classifier, fileVersion: string | undefined): Candidate {
  const signals = classifier.signals.flatMap((signal): Sought[] => {
    if (!signal.near.includes('{file}')) return [{ signal, near: Buffer.from(signal.near, 'latin1'), hits: 0 }]
    if (fileVersion === undefined) return []
    return [{ signal, near: Buffer.from(signal.near.replace('{file}', fileVersion), 'latin1'), hits: 0 }]
  })
  const also = (classifier.also ?? []).map(text => Buffer.from(text, 'latin1'))
  return { classifier, signals, also, alsoFound: also.length === 0 }
}

/** The first signal is enough: those behind it only count where it is missing. */
function isDecided({ signals, alsoFound }: Candidate): boolean {
  return alsoFound && signals[0]?.found !== undefined
}

function look(candidate: Candidate, chunk: Buffer): void {
  candidate.alsoFound ||= candidate.also.some(text => chunk.includes(text))
  for (const sought of candidate.signals) {
    if (sought.found) return
    search(sought, chunk)
  }
}

function search(sought: Sought, chunk: Buffer): void {
  const { near, signal } = sought
  for (let at = chunk.indexOf(near); at >= 0 && sought.hits < maxHits; at = chunk.indexOf(near, at + 1)) {
    sought.hits++
    const text = chunk.toString('latin1', Math.max(0, at - signal.before), at + maxBehind)
    const match = signal.pattern.exec(text)
    if (match?.[1] === undefined) continue
    sought.found = { version: match[1], matched: shown(match[0]) }
    return
  }
}

function shown(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 120)
}
