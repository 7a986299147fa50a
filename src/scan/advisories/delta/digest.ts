import { createHash } from 'node:crypto'
import type { Reader } from '../store/reader.ts'
import { detailLinesOf, scoresOf, valuesOf } from '../store/walk.ts'

/**
 * SHA-256 of what a database says, however its bytes are packed: heading, values in the order of their keys, texts, scores. Two databases with
 * the same one give the same answers. Reads and checks everything; throws JennerError database_corrupt.
 */
export function contentDigest(reader: Reader): string {
  const hash = createHash('sha256')
  const { info, ecosystems, epssDates } = reader.contents
  const feed = (text: string | Buffer) => {
    hash.update(`${Buffer.byteLength(text)}:`)
    hash.update(text)
  }
  feed(JSON.stringify([info, ecosystems, epssDates]))
  for (const { key, kind, payloads } of valuesOf(reader)) {
    if (kind === 'places') continue
    feed(`${key.low} ${key.high} ${payloads.length}`)
    for (const payload of payloads) feed(payload)
  }
  for (const line of detailLinesOf(reader)) feed(line)
  for (const { year, number, score, percentile, date } of scoresOf(reader))
    feed(`${year} ${number} ${score} ${percentile} ${date}`)
  return hash.digest('hex')
}
