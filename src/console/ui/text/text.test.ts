import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { consoleEn } from '../../../base/i18n/console/en.ts'
import { consoleKo } from '../../../base/i18n/console/ko.ts'
import { fill, firstLang } from './fill.ts'

const keys = Object.keys(consoleEn) as (keyof typeof consoleEn)[]
const names = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name!))].sort()

test('both languages have the same sentences with the same parts', () => {
  assert.deepEqual(Object.keys(consoleKo).sort(), [...keys].sort())
  for (const key of keys) assert.deepEqual(names(consoleKo[key]), names(consoleEn[key]), key)
})

/** Names and units that are the same in both languages. */
const same = new Set<string>([
  'reason.kev',
  'reason.epss',
  'reason.cvss',
  'respond.title',
  'respond.asked',
  'vulns.hit',
  'evidence.hash',
  'output_kind.alertmanager',
  'output_kind.loki',
  'output_kind.splunk',
  'output_kind.elasticsearch',
  'output_kind.syslog',
  'output_kind.teams',
  'output_kind.slack',
  'choice.cef',
  'choice.json',
  'choice.udp',
  'choice.tcp',
  'choice.tls',
  'choice.starttls',
  'proof.sha256',
])

test('Korean is Korean', () => {
  for (const key of keys) {
    if (same.has(key) || !/\p{L}/u.test(fill(consoleEn[key], {}).replace(/\{\w+[^}]*\}/g, ''))) continue
    assert.match(consoleKo[key], /[가-힣]/, key)
  }
})

test('every sentence that the screens name exists', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const named = globSync('**/*.tsx', { cwd: root }).flatMap(file =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/\bt\('([a-z_]+\.\w+)'/g)].map(([, key]) => key!),
  )
  assert.ok(named.length > 300)
  for (const key of named) assert.ok(key in consoleEn, key)
})

test('parts are filled once, words counted', () => {
  assert.equal(fill('{n} {n:alert:alerts} in {name}', { n: '1', name: '{n} $&' }), '1 alert in {n} $&')
  assert.equal(fill('{n} {n:alert:alerts}', { n: 0 }), '0 alerts')
  assert.equal(fill('{missing}', {}), '{missing}')
})

test('the language: what was chosen, else the browser’s', () => {
  const cases: [string | null, string[], string][] = [
    ['ko', ['en-US'], 'ko'],
    [null, ['ko-KR', 'en'], 'ko'],
    [null, ['fr', 'ko'], 'ko'],
    [null, ['fr'], 'en'],
    ['xx', ['en-GB', 'ko'], 'en'],
    [null, ['kok-IN'], 'en'],
  ]
  for (const [stored, languages, expected] of cases) assert.equal(firstLang(stored, languages), expected)
})
