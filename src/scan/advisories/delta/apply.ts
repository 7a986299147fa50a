import { readFileSync, renameSync, rmSync } from 'node:fs'
import type { Breathe } from '../../../base/breathe.ts'
import { JennerError } from '../../../base/errors.ts'
import type { AdvisoryDetails } from '../../../base/model/advisory.ts'
import { createAssembler } from '../store/assembler.ts'
import { compareHashes } from '../store/buckets.ts'
import type { Hash } from '../store/bytes.ts'
import { type Reader, withReader } from '../store/reader.ts'
import { decodeAlone } from '../store/record.ts'
import type { DatabaseAssembler } from '../store/types.ts'
import { detailLinesOf, scoresOf, valuesOf } from '../store/walk.ts'
import { contentDigest } from './digest.ts'
import { type Delta, decodeDelta, unusable } from './file.ts'
import { fileDigest } from './make.ts'
import { runScript } from './script.ts'

export interface Applied {
  bytes: number
  records: number
  /** Whether the file is, byte for byte, the one that the delta was made from; else (another zstd packs differently) it says the same. */
  identical: boolean
}

/**
 * Writes the database that `base` and a delta make to `to`, checked against the delta's own word on the result. `to` may be `base`: it is replaced when all is well.
 * Throws JennerError delta_unusable (damaged, made for another database, wrong result), database_missing, database_corrupt, output_unwritable.
 */
export async function applyDelta(base: string, deltaPath: string, to: string, breathe?: Breathe): Promise<Applied> {
  const delta = decodeDelta(readDelta(deltaPath), deltaPath)
  const { from } = delta.head
  const sum = await fileDigest(base)
  if (sum !== from.file && withReader(base, contentDigest) !== from.content)
    throw unusable(deltaPath, `made for the database of ${from.builtAt}`)
  const made = `${to}.applied`
  try {
    const written = await assemble(base, delta, made, deltaPath, breathe)
    const identical = (await fileDigest(made)) === delta.head.to.file
    if (!identical && withReader(made, contentDigest) !== delta.head.to.content)
      throw unusable(deltaPath, 'the result is not the database that it was made from')
    renameSync(made, to)
    return { ...written, identical }
  } catch (error) {
    rmSync(made, { force: true })
    throw error
  }
}

function readDelta(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new JennerError('target_not_found', path, error)
  }
}

async function assemble(base: string, delta: Delta, made: string, path: string, breathe: Breathe | undefined) {
  const assembler = createAssembler(made)
  try {
    withReader(base, reader => {
      putValues(reader, delta, assembler, path)
      finished(
        runScript(delta.details, detailLinesOf(reader), bytes => bytes.toString('utf8')),
        path,
        line => assembler.details(JSON.parse(line) as AdvisoryDetails),
      )
      const gone = new Set(delta.scores.gone.map(({ year, number }) => `${year} ${number}`))
      for (const score of scoresOf(reader)) if (!gone.has(`${score.year} ${score.number}`)) assembler.score(score)
      for (const score of delta.scores.set) assembler.score(score)
    })
    return await assembler.finish(delta.head.heading, breathe)
  } catch (error) {
    assembler.abort()
    throw error instanceof JennerError ? error : unusable(path, 'damaged', error)
  }
}

function putValues(reader: Reader, { values }: Delta, assembler: DatabaseAssembler, path: string): void {
  const changes = values.map(change => ({ ...change, used: false }))
  const byKey = new Map(changes.map(change => [`${change.key.low} ${change.key.high}`, change]))
  const put = (key: Hash, kind: 'records' | 'json', payload: Buffer) =>
    kind === 'records' ? assembler.record(key, decodeAlone(payload)) : assembler.json(key, payload)
  for (const { key, kind, payloads } of valuesOf(reader)) {
    if (kind === 'places') continue
    const change = byKey.get(`${key.low} ${key.high}`)
    if (!change) for (const payload of payloads) put(key, kind, payload)
    else {
      change.used = true
      finished(
        runScript(change.steps, payloads, bytes => bytes),
        path,
        payload => put(key, change.kind, payload),
      )
    }
  }
  for (const { key, kind, steps, used } of changes.sort((a, b) => compareHashes(a.key, b.key)))
    if (!used)
      finished(
        runScript(steps, [] as Buffer[], bytes => bytes),
        path,
        payload => put(key, kind, payload),
      )
}

function finished<T>(items: Generator<T, boolean>, path: string, use: (item: T) => void): void {
  for (let next = items.next(); ; next = items.next()) {
    if (!next.done) use(next.value)
    else if (next.value) return
    else throw unusable(path, 'made for another database')
  }
}
