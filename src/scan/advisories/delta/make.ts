import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { compareHashes } from '../store/buckets.ts'
import type { Score } from '../store/pages.ts'
import { type Reader, withReader } from '../store/reader.ts'
import { detailLinesOf, scoresOf, type Value, valuesOf } from '../store/walk.ts'
import { contentDigest } from './digest.ts'
import { type Delta, encodeDelta, type Identity } from './file.ts'
import { scriptOf } from './script.ts'

/**
 * What has to change in the database at `from` for it to say what the one at `to` says, in the order in which it says it: a delta file's bytes.
 * Throws JennerError database_missing, database_corrupt.
 */
export async function makeDelta(from: string, to: string): Promise<Buffer> {
  const sums = [await fileDigest(from), await fileDigest(to)] as const
  return withReader(from, before =>
    withReader(to, after => {
      const { info, ecosystems, epssDates } = after.contents
      return encodeDelta({
        head: {
          from: identityOf(before, sums[0]),
          to: identityOf(after, sums[1]),
          heading: { info, ecosystems, epssDates },
        },
        values: [...changedValues(before, after)],
        details: scriptOf(namesOf(before), namesOf(after), linesOf(after)),
        scores: changedScores(before, after),
      })
    }),
  )
}

function identityOf(reader: Reader, file: string): Identity {
  return { file, content: contentDigest(reader), builtAt: reader.info.builtAt }
}

/** SHA-256 of a file, in hexadecimal. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Both databases hold their values in one order: a merge finds what differs. */
function* changedValues(before: Reader, after: Reader): Generator<Delta['values'][number]> {
  const old = stated(before)
  let left = old.next()
  for (const right of stated(after)) {
    while (!left.done && compareHashes(left.value.key, right.key) < 0) {
      yield changed(left.value, { ...left.value, payloads: [] })
      left = old.next()
    }
    const same = !left.done && compareHashes(left.value.key, right.key) === 0 ? left.value : undefined
    if (!same || !samePayloads(same, right)) yield changed(same ?? { ...right, payloads: [] }, right)
    if (same) left = old.next()
  }
  for (; !left.done; left = old.next()) yield changed(left.value, { ...left.value, payloads: [] })
}

/** Values that do not follow from the details. */
function* stated(reader: Reader): Generator<Value> {
  for (const value of valuesOf(reader)) if (value.kind !== 'places') yield value
}

const samePayloads = (a: Value, b: Value): boolean =>
  a.payloads.length === b.payloads.length && a.payloads.every((payload, i) => payload.equals(b.payloads[i] as Buffer))

function changed(from: Value, to: Value): Delta['values'][number] {
  const names = ({ payloads }: Value) => payloads.map(payload => payload.toString('latin1'))
  return {
    key: to.key,
    kind: to.kind === 'records' ? 'records' : 'json',
    steps: scriptOf(names(from), names(to), to.payloads),
  }
}

/** Texts are named by a hash: two databases of them at once would not fit into memory. */
function namesOf(reader: Reader): string[] {
  const names: string[] = []
  for (const line of detailLinesOf(reader)) names.push(createHash('sha1').update(line).digest('base64'))
  return names
}

function* linesOf(reader: Reader): Generator<Buffer> {
  for (const line of detailLinesOf(reader)) yield Buffer.from(line)
}

function changedScores(before: Reader, after: Reader): Delta['scores'] {
  const name = ({ year, number }: Score) => `${year} ${number}`
  const text = ({ score, percentile, date }: Score) => `${score} ${percentile} ${date}`
  const old = new Map([...scoresOf(before)].map(score => [name(score), score]))
  const set: Score[] = []
  for (const score of scoresOf(after)) {
    const known = old.get(name(score))
    if (!known || text(known) !== text(score)) set.push(score)
    old.delete(name(score))
  }
  return { gone: [...old.values()].map(({ year, number }) => ({ year, number })), set }
}
