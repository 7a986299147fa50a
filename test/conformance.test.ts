import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCases } from '../bench/conformance/cases.ts'
import { runConstraints } from '../bench/conformance/constraints.ts'
import { runMatching } from '../bench/conformance/matching.ts'
import { runMatchingVendor } from '../bench/conformance/matching-vendor.ts'
import { runPackages } from '../bench/conformance/packages.ts'
import type { KindResult, RunKind } from '../bench/conformance/result.ts'
import { runRules } from '../bench/conformance/rules.ts'
import { runScans } from '../bench/conformance/scans.ts'
import { runSecrets } from '../bench/conformance/secrets.ts'
import { runVersions } from '../bench/conformance/versions.ts'

/** The share of open cases of each kind that must agree, of those that are not explained. */
const bars: [name: string, run: RunKind, share: number][] = [
  ['versions', runVersions, 1],
  ['constraints', runConstraints, 1],
  ['packages', runPackages, 0.97],
  ['matching', runMatching, 0.97],
  ['matching-vendor', runMatchingVendor, 0.95],
  ['scans', runScans, 0.95],
  ['secrets', runSecrets, 0.95],
  ['rules', runRules, 0.98],
]

const directory = findCases()

for (const [name, run, share] of bars) {
  test(`open cases: ${name}`, {
    skip: directory === undefined && 'the open conformance cases are not on this machine',
  }, async () => {
    for (const { kind, agreed, total, disagreements, explained = [] } of [
      await run(directory!),
    ].flat() as KindResult[]) {
      assert.ok(total > 0, `${kind}: no cases`)
      const judged = total - explained.length
      assert.ok(agreed / judged >= share, `${kind}: ${agreed} of ${judged}\n${disagreements.join('\n')}`)
    }
  })
}
