import { JennerError } from '../../base/errors.ts'
import { loadRules, type RuleText } from '../../runtime/rules/loader/load.ts'
import type { RuleSet } from '../../runtime/rules/model.ts'

/** Loads rule files that must be right: the first error stops with JennerError usage. */
export function mustLoad(texts: readonly RuleText[]): RuleSet {
  const loaded = loadRules(texts)
  const [first] = loaded.errors
  if (first) throw new JennerError('usage', `${first.file}:${first.line}: ${first.code}: ${first.message}`)
  return loaded
}
