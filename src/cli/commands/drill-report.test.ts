import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MessageKey, translate } from '../../base/i18n/translate.ts'
import type { DrillResult } from '../../runtime/drill/run.ts'
import type { Scenario } from '../../runtime/drill/scenario.ts'
import { drillTable, exitOf, outcomeOf } from './drill-report.ts'

const scenario: Scenario = {
  id: 'dropped-program',
  area: 'drift',
  title: { en: 'a program', ko: '프로그램' },
  technique: 'T1105',
  rule: 'Program that is not in the image executed',
  act: { script: 'true' },
  twin: { script: 'false' },
  mustBlock: { effect: 'ran' },
}
const good: DrillResult = {
  id: scenario.id,
  technique: scenario.technique,
  rule: scenario.rule,
  detected: true,
  milliseconds: 3.5,
  blocked: false,
  cleanedUp: true,
  area: 'drift',
  twinAlerted: false,
  rules: [scenario.rule],
}

const rows: [name: string, result: Partial<DrillResult>, blocks: boolean, outcome: string, exit: number][] = [
  ['detected', {}, false, 'detected', 0],
  ['missed', { detected: false, milliseconds: null }, false, 'missed', 2],
  ['a twin that alerted', { twinAlerted: true }, false, 'noisy', 2],
  ['not blocked where it must be', {}, true, 'unblocked', 2],
  ['blocked', { blocked: true }, true, 'detected', 0],
  ['not run', { detected: false, reason: 'no perl', lacks: 'perl' }, false, 'notRun', 3],
  ['left behind', { cleanedUp: false }, false, 'detected', 3],
]
for (const [name, change, blocks, outcome, exit] of rows) {
  test(`a drill that is ${name}`, () => {
    const result = { ...good, ...change }
    assert.equal(outcomeOf(result, scenario, blocks), outcome)
    assert.equal(exitOf([result], [outcomeOf(result, scenario, blocks)], false), exit)
  })
}

test('a miss weighs more than what could not be run; what was to be kept is not left behind', () => {
  assert.equal(exitOf([good, good], ['notRun', 'missed'], false), 2)
  assert.equal(exitOf([{ ...good, cleanedUp: false }], ['detected'], true), 0)
})

test('the table tells scenario, time, reason and sum in the language asked for', () => {
  const missing = { ...good, detected: false, milliseconds: null, reason: 'the image has no perl', lacks: 'perl' }
  for (const [language, words] of [
    ['en', ['detected', '3.5 ms', 'a program', 'the image has no perl', '1 of 2 detected']],
    ['ko', ['탐지', '프로그램', '이미지에 perl', '2건 중 1건 탐지']],
  ] as const) {
    const text = (key: MessageKey, values?: Record<string, string | number>) => translate(language, key, values)
    const table = drillTable([good, missing], [scenario, scenario], false, { text, language }).join('')
    for (const word of words) assert.ok(table.includes(word), `${word} in ${table}`)
  }
})
