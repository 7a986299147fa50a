import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainReasons } from './reasons.ts'

test('reasons in both languages; what the line shows anyway is left out', () => {
  const reasons = [
    'kev ransomware since 2023-11-01',
    'epss 0.944 (2026-01-01)',
    'severity CRITICAL',
    'cvss 9.8 nvd',
    'fixed in 1.2',
  ]
  assert.deepEqual(explainReasons(reasons, 'en'), [
    'used by ransomware (CISA KEV since 2023-11-01)',
    'EPSS 94.4 % (2026-01-01)',
    'CVSS 9.8 (nvd)',
  ])
  for (const text of explainReasons(reasons, 'ko').slice(0, 1)) assert.match(text, /랜섬웨어/)
  assert.deepEqual(explainReasons(['epss not known', 'no fix (will_not_fix)'], 'en'), [
    'EPSS not known',
    'no fix (will_not_fix)',
  ])
})

test('unknown and hostile words stay, escaped', () => {
  assert.deepEqual(explainReasons(['toString', '\u001b[31mkev'], 'ko'), ['toString', '\\x1b[31mkev'])
})
