import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Artifact } from '../../base/model/inventory.ts'
import type { ImageSource } from '../image/source.ts'
import { recallShape } from './known-shape.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-shape-'))
after(() => rmSync(folder, { recursive: true }))

const steps = [
  { created_by: 'ADD x' },
  { created_by: 'RUN true' },
  { created_by: 'ENV A=sw0rdfish', empty_layer: true },
]
/** As Docker tells it before anything is fetched: sizes unknown, a layer of nothing taken for none. */
const guessed = () => ({
  imageId: 'sha256:1',
  layers: [
    { index: 0, size: 0 },
    { index: 1, size: 0 },
  ],
  config: { history: steps.map((step, index) => (index === 1 ? { ...step, empty_layer: true } : step)) },
})
const sourceOf = (artifact: object, addressedBy: ImageSource['addressedBy'] = 'diffId') =>
  ({ artifact, addressedBy }) as ImageSource & { artifact: Artifact }

test('what was learned when the image was fetched is known when it is not; no configuration is kept', () => {
  const first = sourceOf(guessed())
  const keep = recallShape(first, folder)
  keep()
  assert.deepEqual(readdirSync(folder), [], 'nothing was learned')
  Object.assign(first.artifact, {
    layers: [
      { index: 0, size: 100, createdBy: 'ADD x' },
      { index: 1, size: 20, createdBy: 'RUN true' },
    ],
    config: { history: steps },
  })
  keep()
  const second = sourceOf(guessed())
  recallShape(second, folder)()
  assert.deepEqual(second.artifact, first.artifact)
  for (const name of readdirSync(join(folder, 'layers')))
    assert.ok(!readFileSync(join(folder, 'layers', name)).includes('sw0rdfish'))
})

test('another image, another origin, no cache: as they are', () => {
  for (const [artifact, addressedBy, cache] of [
    [{ ...guessed(), imageId: 'sha256:2' }, 'diffId', folder],
    [guessed(), 'digest', folder],
    [guessed(), 'diffId', undefined],
    [{ ...guessed(), layers: [{ index: 0, size: 0 }] }, 'diffId', folder],
  ] as const) {
    const source = sourceOf(artifact, addressedBy)
    recallShape(source, cache)()
    assert.deepEqual(
      source.artifact.layers.map(({ size }) => size).filter(size => size > 0),
      [],
    )
  }
})
