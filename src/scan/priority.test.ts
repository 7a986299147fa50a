import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareFacts, type PriorityFacts, prioritize } from './priority.ts'

const date = '2026-01-01'
const base: PriorityFacts = { id: 'CVE-2024-1000', severity: 'MEDIUM', status: 'affected' }
const epss = (score: number) => ({ score, percentile: 0.5, date })
const kev = (ransomware: boolean) => ({ dateAdded: date, ransomware })

describe('what to fix first', () => {
  const rows: [title: string, first: Partial<PriorityFacts>, second: Partial<PriorityFacts>][] = [
    ['ransomware before exploited', { kev: kev(true), severity: 'LOW' }, { kev: kev(false), severity: 'CRITICAL' }],
    ['exploited before critical', { kev: kev(false), severity: 'LOW' }, { severity: 'CRITICAL', epss: epss(0.99) }],
    ['in use before not known', { inUse: true }, { epss: epss(0.9) }],
    ['not known to be in use before not in use', {}, { inUse: false, severity: 'CRITICAL' }],
    ['likely before severe', { epss: epss(0.6) }, { severity: 'CRITICAL', epss: epss(0.02) }],
    ['EPSS not known before hardly likely', {}, { epss: epss(0.001) }],
    ['EPSS not known after somewhat likely', { epss: epss(0.02) }, {}],
    ['severity within a band of likelihood', { severity: 'HIGH', epss: epss(0.11) }, { epss: epss(0.4) }],
    ['unknown severity before low', { severity: 'UNKNOWN' }, { severity: 'LOW' }],
    ['CVSS within a severity', { cvss: { score: 6.9, source: 'nvd' } }, { cvss: { score: 4, source: 'nvd' } }],
    ['a fix before none', { fixedVersion: '2' }, {}],
    ['newer before older', { id: 'CVE-2024-10000' }, { id: 'CVE-2024-9999' }],
  ]
  for (const [title, first, second] of rows)
    it(title, () => {
      assert.deepEqual(
        prioritize([
          { ...base, ...second },
          { ...base, ...first },
        ]).map(one => one.rank),
        [1, 0],
      )
    })

  it('orders ids as a collator that counts does, CVEs or not', () => {
    const collator = new Intl.Collator('en', { numeric: true })
    const year = fc.integer({ min: 1990, max: 2030 })
    const number = fc.oneof(
      fc.nat(99_999).map(String),
      fc.nat(99).map(one => `00${one}`),
    )
    const id = fc.oneof(
      fc.tuple(year, number).map(([a, b]) => `CVE-${a}-${b}`),
      fc.constantFrom('GHSA-aaaa-bbbb-cccc', 'GO-2024-1', 'CVE-2024-x', 'cve-2024-5', ''),
    )
    fc.assert(
      fc.property(id, id, (a, b) => {
        const expected = collator.compare(b, a) || (b < a ? -1 : b > a ? 1 : 0)
        assert.equal(Math.sign(compareFacts({ ...base, id: a }, { ...base, id: b })), expected)
      }),
    )
  })

  it('gives its reasons, what is not known too', () => {
    assert.deepEqual(prioritize([base])[0]?.reasons, ['epss not known', 'severity MEDIUM', 'no fix (affected)'])
    const known = {
      ...base,
      kev: kev(true),
      epss: epss(0.94),
      cvss: { score: 9.8, source: 'nvd' },
      fixedVersion: '2',
      severity: 'CRITICAL' as const,
    }
    assert.deepEqual(prioritize([known])[0]?.reasons, [
      'kev ransomware since 2026-01-01',
      'epss 0.940 (2026-01-01)',
      'severity CRITICAL',
      'cvss 9.8 nvd',
      'fixed in 2',
    ])
  })

  it('is a total order: the ranks do not depend on the order of the findings', () => {
    const facts = fc.record(
      {
        id: fc.constantFrom('CVE-2024-1', 'CVE-2024-2', 'GHSA-2'),
        severity: fc.constantFrom('UNKNOWN', 'LOW', 'CRITICAL'),
        status: fc.constant('affected'),
        kev: fc.record({ dateAdded: fc.constant(date), ransomware: fc.boolean() }),
        epss: fc.record({
          score: fc.constantFrom(0, 0.02, 0.2, 0.9),
          percentile: fc.constant(0.1),
          date: fc.constant(date),
        }),
        inUse: fc.boolean(),
        fixedVersion: fc.constant('1'),
      },
      { requiredKeys: ['id', 'severity', 'status'] },
    ) as fc.Arbitrary<PriorityFacts>
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 12 }), list => {
        const forward = prioritize(list).map(one => one.rank)
        const backward = prioritize([...list].reverse()).map(one => one.rank)
        assert.deepEqual(forward, backward.reverse())
        for (const a of list)
          for (const b of list) assert.equal(Math.sign(compareFacts(a, b)) + Math.sign(compareFacts(b, a)), 0)
      }),
    )
  })
})
