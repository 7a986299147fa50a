import assert from 'node:assert/strict'
import { loadRules as load } from './loader/load.ts'
import type { Rule } from './model.ts'

export { objectFields } from './loader/compile.ts'

/** Rules `r0`, `r1`, … of these conditions; `more` is put behind each. */
export function loadRules(conditions: readonly string[], more = ''): Rule[] {
  const text = conditions
    .map(
      (condition, index) =>
        `- rule: r${index}\n  desc: d\n  condition: ${JSON.stringify(condition)}\n  output: o\n  priority: INFO\n${more}`,
    )
    .join('\n')
  const { rules, errors } = load(text)
  assert.deepEqual(errors, [])
  return rules
}
