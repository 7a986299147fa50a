import { statSync, writeFileSync } from 'node:fs'
import type { AdvisoryDetails } from '../../src/base/model/advisory.ts'
import { applyDelta } from '../../src/scan/advisories/delta/apply.ts'
import { makeDelta } from '../../src/scan/advisories/delta/make.ts'
import { createAssembler } from '../../src/scan/advisories/store/assembler.ts'
import { hashKey } from '../../src/scan/advisories/store/bytes.ts'
import { withReader } from '../../src/scan/advisories/store/reader.ts'
import { decodeAlone } from '../../src/scan/advisories/store/record.ts'
import { detailLinesOf, scoresOf, valuesOf } from '../../src/scan/advisories/store/walk.ts'

/** A made day: of a thousand advisories ten change, two are new, one is withdrawn; what becomes of one follows from its id. */
const fate = (id: string): 'changed' | 'new' | 'withdrawn' | 'same' => {
  const dice = hashKey(`day ${id}`).low % 1000
  return dice < 10 ? 'changed' : dice < 12 ? 'new' : dice < 13 ? 'withdrawn' : 'same'
}

/** Delta of a made day against the whole: size, times, and whether the result is the same file. */
export async function measureDay(
  path: string,
  label: string,
  say: (what: string, result: string, met?: boolean) => void,
): Promise<void> {
  const [next, delta, out] = [`${path}.next`, `${path}.delta`, `${path}.out`]
  await dayAfter(path, next)
  const started = performance.now()
  writeFileSync(delta, await makeDelta(path, next))
  const made = performance.now()
  const { identical } = await applyDelta(path, delta, out)
  const applied = performance.now()
  const share = statSync(delta).size / statSync(next).size
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  say(
    `delta, ${label}`,
    `${(statSync(delta).size / 1000).toFixed(0)} kB, ${(share * 100).toFixed(2)} % of the whole; made in ${seconds(made - started)} s, applied in ${seconds(applied - made)} s, ${identical ? 'byte-identical' : 'same content, other bytes'}`,
    share <= 0.05,
  )
}

async function dayAfter(path: string, next: string): Promise<void> {
  const assembler = createAssembler(next)
  const heading = withReader(path, reader => {
    for (const { key, kind, payloads } of valuesOf(reader)) {
      if (kind === 'json') for (const payload of payloads) assembler.json(key, payload)
      if (kind !== 'records') continue
      for (const payload of payloads) {
        const record = decodeAlone(payload)
        const what = fate(record.id)
        if (what === 'withdrawn') continue
        if (what === 'new') assembler.record(key, { ...record, id: `${record.id}1` })
        const intervals = record.intervals.map(one => ({ ...one, fixed: `${one.fixed ?? '1'}.1` }))
        assembler.record(key, what === 'changed' ? { ...record, intervals } : record)
      }
    }
    for (const line of detailLinesOf(reader)) {
      const details = JSON.parse(line) as AdvisoryDetails
      const what = fate(details.id)
      if (what === 'withdrawn') continue
      if (what === 'new') assembler.details({ ...details, id: `${details.id}1`, title: `${details.title} (2)` })
      const description = `${details.description} Corrected.`
      assembler.details(what === 'changed' ? { ...details, description, modified: '2026-01-02T00:00:00Z' } : details)
    }
    for (const score of scoresOf(reader)) assembler.score(score)
    const { info, ecosystems, epssDates } = reader.contents
    return { info: { ...info, builtAt: '2026-01-02T00:00:00Z' }, ecosystems, epssDates }
  })
  await assembler.finish(heading)
}
