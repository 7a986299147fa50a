import { equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ecosystems } from '../src/scan/inventory/ecosystems/index.ts'
import { coverageFile, coverageOf } from './coverage.ts'

for (const language of ['en', 'ko'] as const) {
  test(`docs/${language}/coverage.md is what the lists say (npm run coverage)`, () => {
    equal(readFileSync(coverageFile(language), 'utf8'), coverageOf(language))
  })
}

test('every ecosystem and reader is in it', () => {
  const text = coverageOf('en')
  for (const { type, extractors } of ecosystems)
    for (const { id } of extractors) ok(text.includes(`\`${id}\``), `${type}: ${id}`)
})
