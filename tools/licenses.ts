/**
 * `sh tools/run.sh tools/licenses.ts`: writes src/scan/licenses/table.json from the texts of the SPDX License List (package spdx-license-list, CC0): for every
 * licence a sketch of its text, how long the text is, and inside which others it stands whole.
 */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { shinglesOf, sketchOf } from '../src/scan/licenses/fingerprint.ts'

const sketchSize = 40
const fewest = 12
/** Runs that no licence like it holds: they tell it from those. */
const markCount = 8

const full = createRequire(import.meta.url)('spdx-license-list/full.js') as Record<string, { licenseText: string }>
const deprecated =
  /^(?:[AL]?GPL|GFDL)-\d\.\d\+?$|-with-|^(?:BSD-2-Clause-(?:FreeBSD|NetBSD)|Net-SNMP|Nunit|StandardML-NJ|bzip2-1\.0\.5|eCos-2\.0|wxWindows)$/
const texts = new Map<string, Set<number>>()
for (const [id, { licenseText }] of Object.entries(full).sort(([a], [b]) => (a < b ? -1 : 1))) {
  // One text for both: the text does not say which was meant.
  if (deprecated.test(id) || id.endsWith('-or-later') || /^GFDL-.*invariants/.test(id)) continue
  const shingles = shinglesOf(licenseText)
  if (shingles.size >= fewest) texts.set(id, shingles)
}
const ids = [...texts.keys()]
const rows = ids.map(id => {
  const sketch = sketchOf(texts.get(id)!, sketchSize)
  const inside = ids.flatMap((other, index) => (other !== id && share(sketch, texts.get(other)!) >= 0.7 ? [index] : []))
  return { id, size: texts.get(id)!.size, sketch, inside, marks: marksOf(id, sketch) }
})
const sketches = Buffer.from(Uint32Array.from(rows.flatMap(({ sketch, marks }) => [...sketch, ...marks])).buffer)
const table = {
  licenses: rows.map(({ id, size, sketch, marks, inside }) => [id, size, sketch.length, marks.length, ...inside]),
  sketches: sketches.toString('base64'),
}
writeFileSync(join(import.meta.dirname, '../src/scan/licenses/table.json'), `${JSON.stringify(table)}\n`)
console.log(`${rows.length} licences, ${(sketches.length / 1024).toFixed(0)} KiB of sketches`)

function marksOf(id: string, sketch: readonly number[]): number[] {
  const own = texts.get(id)!
  const relatives = ids.filter(
    other =>
      other !== id &&
      (share(sketch, texts.get(other)!) >= 0.5 || share(sketchOf(texts.get(other)!, sketchSize), own) >= 0.5),
  )
  const unique = [...own].filter(hash => !relatives.some(other => texts.get(other)!.has(hash)))
  return relatives.length === 0 ? [] : sketchOf(new Set(unique), markCount)
}

function share(sketch: readonly number[], other: ReadonlySet<number>): number {
  return sketch.filter(hash => other.has(hash)).length / sketch.length
}
