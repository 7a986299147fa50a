import { isObject, stringAt } from '../../base/json.ts'
import { parseYamlObject } from '../../base/yaml.ts'
import { parseCondition } from './condition.ts'
import type { LogTest } from './record.ts'
import { compileSelection } from './selection.ts'

/** A rule over lines of logs. */
export interface LogRule {
  id: string
  title: string
  /** Falco's spelling, from Sigma's level. */
  priority: 'Critical' | 'Error' | 'Warning' | 'Notice' | 'Informational'
  tags: string[]
  /** Where it applies: names of containers or images, `*` stands for any text; everywhere without. */
  matches: LogTest
}

const levels: Record<string, LogRule['priority']> = {
  critical: 'Critical',
  high: 'Error',
  medium: 'Warning',
  low: 'Notice',
  informational: 'Informational',
}
const maxRuleText = 64 * 1024
const maxDetections = 50

/**
 * Reads a Sigma rule (https://sigmahq.io/sigma-specification): `title`, `id`, `level`, `tags`, and `detection` with selections and a condition. Read here: keyword lists,
 * maps of `field|modifier: value(s)` with `contains startswith endswith all re cased exists`, wildcards `*` and `?`; conditions of `and or not ( )`,
 * `1 of x*`, `all of x*`, `1 of them`, `all of them`. Anything else is a fault that is named: a rule that is understood by half watches nothing.
 */
export function parseSigma(text: string): LogRule | { fault: string } {
  if (text.length > maxRuleText) return { fault: 'more than 64 KiB' }
  try {
    const rule = parseYamlObject(text)
    return rule === undefined ? { fault: 'a mapping is expected' } : ruleOf(rule)
  } catch (error) {
    return { fault: (error as Error).message }
  }
}

function ruleOf(rule: Record<string, unknown>): LogRule {
  const title = stringAt(rule, 'title')
  if (title === undefined) throw new RangeError('title is missing')
  const level = stringAt(rule, 'level') ?? 'medium'
  const priority = Object.hasOwn(levels, level) ? levels[level]! : undefined
  if (priority === undefined) throw new RangeError(`level ${level}: ${Object.keys(levels).join(', ')}`)
  const { detection } = rule
  if (!isObject(detection)) throw new RangeError('detection is missing')
  const { condition, timeframe, ...selections } = detection
  if (timeframe !== undefined) throw new RangeError('timeframe is not read here')
  if (typeof condition !== 'string') throw new RangeError('detection.condition: one text is expected')
  const names = Object.keys(selections)
  if (names.length === 0 || names.length > maxDetections)
    throw new RangeError(`detection: 1 to ${maxDetections} selections`)
  const tests = new Map(names.map(name => [name, compileSelection(selections[name], name)]))
  const tags = Array.isArray(rule.tags) ? rule.tags.map(String).slice(0, 50) : []
  return { id: stringAt(rule, 'id') ?? title, title, priority, tags, matches: parseCondition(condition, tests) }
}
