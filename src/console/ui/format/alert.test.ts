import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { alertWords } from './alert.ts'

const cases: [output: string, words: string][] = [
  ['03:40:43.771759805: Critical Command line of a reverse shell | process=bash a | b', 'process=bash a | b'],
  ['a rule of somebody else says this', 'a rule of somebody else says this'],
  ['03:40:43.771759805: Notice without a bar', '03:40:43.771759805: Notice without a bar'],
]
for (const [output, words] of cases) test(output, () => equal(alertWords(output), words))
