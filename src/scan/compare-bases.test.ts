import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../base/errors.ts'
import type { Report } from '../base/model/report.ts'
import { pkg } from './advisories/match/testing.ts'
import { memoryAdvisories } from './advisories/store/memory.ts'
import { recordItem } from './advisories/store/testing.ts'
import { digest, imageOf } from './base-image/testing.ts'
import { compareBases } from './compare-bases.ts'
import type { ScanOptions, ScanTarget } from './options.ts'

const advisories = memoryAdvisories([
  recordItem('npm', 'a', 'CVE-1', '2.0.0'),
  recordItem('npm', 'b', 'CVE-2', '2.0.0'),
])
const npm = (name: string, version: string, index: number) => pkg('npm', name, version, { layer: { index } })
const app = imageOf('app:1', 'xyz', { packages: [npm('a', '1.0.0', 0), npm('b', '1.0.0', 2)] })
const report = { ArtifactName: 'app:1', Metadata: {}, Incomplete: [] } as Partial<Report> as Report

const read = async ({ name }: ScanTarget) => {
  if (name === 'gone:1') throw new JennerError('target_not_found', name)
  return imageOf('whatever', 'q', { packages: [npm('a', name === 'base:2' ? '2.0.0' : '1.0.0', 0)] })
}

const compared = (options: ScanOptions) =>
  compareBases(report, app, advisories, { compareBases: ['base:2', 'base:0', 'gone:1'], ...options }, read)

test('other bases against the layers of the present one', async () => {
  const { Metadata, Incomplete } = await compared({ baseImages: [{ name: 'base:1', diffIds: [digest('x')] }] })
  deepEqual(Metadata.BaseAdvice, [
    { Name: 'base:2', Kind: 'newer', Removes: 1, RemovesBySeverity: { UNKNOWN: 1 }, Adds: 0, Remaining: 0 },
  ])
  deepEqual(
    Incomplete.map(({ path, code }) => [path, code]),
    [['gone:1', 'unreadable']],
  )
})

test('without a known base there is nothing to compare, and that is told', async () => {
  const { Metadata, Incomplete } = await compared({})
  equal(Metadata.BaseAdvice, undefined)
  deepEqual(
    Incomplete.map(({ path, code }) => [path, code]),
    [['app:1', 'skipped']],
  )
})
