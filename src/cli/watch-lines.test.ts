import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert } from '../base/model/runtime.ts'
import { loadLibrary } from '../runtime/rules/library.ts'
import { alertLine, titlesFor } from './watch-lines.ts'

const plain = { colors: false }
const alertOf = (rule: string, output: string) => ({
  kind: 'alert' as const,
  isNew: true,
  workload: 'w',
  alert: { rule, priority: 'Warning', output } as Alert,
})

test('a Korean user reads what happened in Korean, in front of the fields', () => {
  const titleOf = titlesFor('ko', false)
  const { name } = loadLibrary().rules[0]!
  const line = alertLine(alertOf(name, '00:00:01.5: Warning Something\u001b[31m | process=a'), plain, titleOf)
  assert.match(line, /^00:00:01\.5: Warning [^:|]*[가-힣][^:|]*: Something\\x1b\[31m \| process=a\n$/)
})

test('every rule of ours has a Korean title of its own', () => {
  const titleOf = titlesFor('ko', false)
  for (const { name } of loadLibrary().rules) assert.match(titleOf(name), /[가-힣]/, name)
})

test("in English, and for rules of the user's own, the line is Falco's", () => {
  const { name } = loadLibrary().rules[0]!
  const output = '00:00:01.5: Warning Something | process=a'
  for (const titleOf of [titlesFor('en', false), titlesFor('ko', true)])
    assert.equal(alertLine(alertOf(name, output), plain, titleOf), `${output}\n`)
})
