import { deepEqual, equal, throws } from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { KnownImage } from '../../base/model/base-image.ts'
import { adviseBases, isNewerTag } from './advise.ts'
import { catalogueOfReports, imagesOf, readCatalogue, writeCatalogue } from './catalogue.ts'
import { baseLayersByHistory } from './history.ts'
import { isFromBase, knownImageOf, marksOf, recogniseBase } from './recognise.ts'
import { digest, imageOf, osPackage } from './testing.ts'

const known = (name: string, layers: string, packages?: string[]): KnownImage => ({
  name,
  diffIds: [...layers].map(digest),
  ...(packages && { packages }),
})

test('the known image with the longest chain that ours continues', () => {
  const catalogue = [
    known('debian:12', 'a'),
    known('python:3.11', 'abc'),
    known('other', 'abx'),
    known('self', 'abcde'),
  ]
  deepEqual(recogniseBase(imageOf('app', 'abcde'), catalogue), { name: 'python:3.11', how: 'layers', layers: 3 })
  deepEqual(recogniseBase(imageOf('app', 'ab'), catalogue), { name: 'debian:12', how: 'layers', layers: 1 })
  equal(recogniseBase(imageOf('app', 'xyz'), catalogue), undefined)
})

test('several names of one chain; the label tells which was meant', () => {
  const catalogue = [known('debian:12', 'a'), known('debian:bookworm', 'a')]
  const labels = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:bookworm' }
  deepEqual(recogniseBase(imageOf('app', 'ab'), catalogue)?.otherNames, ['debian:bookworm'])
  deepEqual(recogniseBase(imageOf('app', 'ab', { config: { config: { Labels: labels } } }), catalogue), {
    name: 'debian:bookworm',
    how: 'layers',
    layers: 1,
    otherNames: ['debian:12'],
  })
})

const step = (created_by: string, empty_layer = false) => ({ created_by, ...(empty_layer && { empty_layer }) })
const history = [
  step('/bin/sh -c #(nop) ADD file:1 in / '),
  step('/bin/sh -c #(nop)  CMD ["bash"]', true),
  step('RUN apt-get install python # buildkit'),
  step('CMD ["python3"]', true),
  step('COPY app /app # buildkit'),
  step('CMD ["python3" "/app"]', true),
]

test('the label without a chain; its layers by the history', () => {
  const Labels = {
    'org.opencontainers.image.base.name': 'debian:12',
    'org.opencontainers.image.base.digest': digest('m'),
  }
  deepEqual(recogniseBase(imageOf('app', 'abc', { config: { config: { Labels }, history } }), []), {
    name: 'debian:12',
    digest: digest('m'),
    how: 'label',
    layers: 2,
  })
})

test('where the base’s CMD ends', () => {
  equal(baseLayersByHistory({ history }), 2)
  equal(baseLayersByHistory({ history: history.slice(0, 4) }), 1, 'its own CMD is not the base’s')
  equal(baseLayersByHistory({ history: history.slice(0, 2) }), undefined, 'a base itself')
  equal(baseLayersByHistory({ history: [step('COPY x /'), step('ENV a=b', true)] }), undefined)
  equal(baseLayersByHistory({ history: 'x' }), undefined)
  deepEqual(recogniseBase(imageOf('app', 'abc', { config: { history } }), []), { how: 'history', layers: 2 })
})

test('a squashed image by the OS packages of its base', () => {
  const base = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => osPackage(name, '1', 0))
  const catalogue = [known('debian:12', 'xy', marksOf(base)), known('tiny', 'z', marksOf(base.slice(0, 2)))]
  const squashed = imageOf('app', 'q', { packages: [...base, osPackage('g', '1', 0)] })
  deepEqual(recogniseBase(squashed, catalogue), { name: 'debian:12', how: 'packages', layers: 1 })
  const updated = imageOf('app', 'q', { packages: [...base.slice(1), osPackage('a', '2', 0)] })
  equal(recogniseBase(updated, catalogue), undefined)
})

test('what came with the base', () => {
  const base = { how: 'layers', layers: 2 } as const
  equal(isFromBase({ layer: { index: 1 } }, base), true)
  equal(isFromBase({ layer: { index: 2 } }, base), false)
  equal(isFromBase({}, base), undefined)
})

test('a catalogue as a file, and out of reports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-base-'))
  try {
    const report = {
      Metadata: {
        RepoTags: ['debian:12', 'debian:bookworm'],
        DiffIDs: [digest('a')],
        RepoDigests: [`debian@${digest('m')}`],
      },
      Results: [
        {
          Class: 'os-pkgs',
          Packages: [{ Name: 'tar', Identifier: { PURL: 'pkg:deb/debian/tar@1.34?epoch=1' } }],
        },
      ],
    }
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
    writeFileSync(join(folder, 'other.json'), '[1]')
    const { images, passedOver } = catalogueOfReports(folder)
    deepEqual([images.map(({ name }) => name), passedOver], [['debian:12', 'debian:bookworm'], 1])
    deepEqual(images[0]!.packages, marksOf([osPackage('tar', '1:1.34')]))
    const file = join(folder, 'bases')
    writeCatalogue(file, images)
    deepEqual(readCatalogue(file), images)
    writeFileSync(file, 'no')
    throws(() => readCatalogue(file), { code: 'malformed' })
    deepEqual(imagesOf({ Metadata: { RepoTags: ['x'], DiffIDs: ['../../etc'] } }), [])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('an inventory as a known image', () => {
  const inventory = imageOf('debian:12', 'ab', { packages: [osPackage('tar', '1')], size: 7 })
  deepEqual(knownImageOf(inventory), {
    name: 'debian:12',
    diffIds: [digest('a'), digest('b')],
    size: 7,
    packages: marksOf([osPackage('tar', '1')]),
  })
})

test('which other base removes how many findings', () => {
  const findings: Record<string, string[]> = {
    'python:3.11-slim': ['CVE-1', 'CVE-2', 'CVE-3'],
    'python:3.12-slim': ['CVE-3', 'CVE-4'],
    'tiny:1': [],
    'worse:1': ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-5'],
  }
  const inventories = Object.keys(findings).map((name, at) => imageOf(name, 'a', { size: 100 - at }))
  const advice = adviseBases(inventories[0]!, inventories, ({ artifact }) =>
    findings[artifact.name]!.map(id => ({ id, packageName: 'p', severity: 'HIGH' })),
  )
  deepEqual(
    advice.map(({ name, kind, removes, adds, remaining }) => [name, kind, removes, adds, remaining]),
    [
      ['tiny:1', 'smaller', 3, 0, 0],
      ['python:3.12-slim', 'newer', 2, 1, 2],
    ],
  )
  deepEqual(advice[0]!.removesBySeverity, { HIGH: 3 })
})

test('newer tags of one repository and variant', () => {
  const rows: [string, string, boolean][] = [
    ['python:3.12-slim', 'python:3.11.4-slim', true],
    ['python:3.12', 'python:3.11-slim', false],
    ['python:3.11-alpine3.19', 'python:3.10-alpine3.18', true],
    ['r.example:5000/a/b:v2', 'r.example:5000/a/b:v1.9', true],
    ['debian:bookworm', 'debian:bullseye', false],
    ['ruby:3.3', 'python:3.2', false],
  ]
  for (const [name, than, newer] of rows) equal(isNewerTag(name, than), newer, `${name} ${than}`)
})
