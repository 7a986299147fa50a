import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorCodes } from '../errors.ts'
import { incompleteCodes } from '../model/inventory.ts'
import { en, type MessageKey } from './en.ts'
import { ko } from './ko.ts'
import { languageOf } from './locale.ts'
import { translate } from './translate.ts'

const keys = Object.keys(en) as MessageKey[]
const parts = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([part]) => part).sort()

test('both languages have the same keys and the same parts to fill', () => {
  assert.deepEqual(Object.keys(ko).sort(), [...keys].sort())
  for (const key of keys) assert.deepEqual([...new Set(parts(ko[key]))], [...new Set(parts(en[key]))], key)
})

/** Names and units that are the same in both languages. */
const same = new Set<string>([
  'report.score',
  'report.epss',
  'report.generated',
  'reason.epss',
  'reason.cvss',
  'progress.bytes_of',
  'status.part.docker',
  'server.today.incident',
  'report.period',
  'server.reason.epss',
])

test('Korean is Korean', () => {
  for (const key of keys) {
    const words = /\p{L}/u.test(en[key].replace(/\{\w+(?::[^}]*)?\}/g, ''))
    if (words && !same.has(key)) assert.match(ko[key], /[가-힣]/, key)
  }
})

test('every error and every reason of incompleteness has its sentence', () => {
  for (const code of Object.keys(errorCodes)) assert.ok(`error.${code}` in en, code)
  for (const code of incompleteCodes) assert.ok(`incomplete.${code}` in en, code)
})

test('fills parts, once, with what is given', () => {
  assert.equal(translate('en', 'error.not_built_yet', { detail: '{detail} $& x' }), '{detail} $& x is not built yet')
  assert.match(translate('en', 'error.not_built_yet', {}), /\{detail\}/)
})

test('one is one', () => {
  const values = { name: 'h', containers: 1, images: 2, sensor: '' }
  assert.match(translate('en', 'status.host', values), /1 container, 2 images/)
  assert.match(translate('ko', 'status.host', values), /1/)
  // A number before a plural has the word for one too.
  for (const key of keys)
    assert.doesNotMatch(
      en[key],
      /\{\w+\} (?:[a-z]+ )?(?:alert|container|event|file|image|incident|record|rule|warning)s\b/,
      key,
    )
})

test('the locale decides', () => {
  const cases: [NodeJS.ProcessEnv, string][] = [
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'ko' }, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LC_MESSAGES: 'ko_KR', LANG: 'en_US' }, 'ko'],
    [{ LANG: 'kok_IN' }, 'en'],
    [{}, 'en'],
  ]
  for (const [env, language] of cases) assert.equal(languageOf(env), language)
})
