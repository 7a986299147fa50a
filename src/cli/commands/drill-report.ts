import { escapeText, padEnd } from '../../base/text.ts'
import { type DrillResult, passed } from '../../runtime/drill/run.ts'
import type { Scenario } from '../../runtime/drill/scenario.ts'
import type { Context } from '../context.ts'

type Outcome = 'detected' | 'missed' | 'noisy' | 'unblocked' | 'notRun'

/** What is said of a scenario that ran or could not. */
export function outcomeOf(result: DrillResult, scenario: Scenario, blocks: boolean): Outcome {
  if (result.reason !== undefined) return 'notRun'
  if (!result.detected) return 'missed'
  if (result.twinAlerted) return 'noisy'
  return passed(result, scenario, blocks) ? 'detected' : 'unblocked'
}

/** 0 all detected · 2 one was missed (or its twin raised the rule, or it was not blocked) · 3 some could not be run or cleaned up. */
export function exitOf(results: readonly DrillResult[], outcomes: readonly Outcome[], keep: boolean): number {
  if (outcomes.some(outcome => outcome === 'missed' || outcome === 'noisy' || outcome === 'unblocked')) return 2
  if (outcomes.includes('notRun') || (!keep && results.some(({ cleanedUp }) => !cleanedUp))) return 3
  return 0
}

/** A line a scenario, then the sum. */
export function drillTable(
  results: readonly DrillResult[],
  scenarios: readonly Scenario[],
  blocks: boolean,
  context: Pick<Context, 'text' | 'language'>,
): string[] {
  const outcomes = results.map((result, index) => outcomeOf(result, scenarios[index]!, blocks))
  const lines = results.map((result, index) => {
    const { id, title } = scenarios[index]!
    const time = result.milliseconds === null ? '' : `${result.milliseconds} ms`
    const more = [
      ...(result.blocked && outcomes[index] === 'detected' ? [context.text('drill.blocked')] : []),
      ...(result.cleanedUp ? [] : [context.text('drill.left')]),
      ...(result.lacks === undefined ? [] : [context.text('drill.lacks', { tool: result.lacks })]),
      ...(result.reason !== undefined && result.lacks === undefined ? [escapeText(result.reason)] : []),
    ]
    const cells = [
      padEnd(context.text(`drill.${outcomes[index]!}`), 12),
      padEnd(time, 9),
      padEnd(result.technique, 10),
      padEnd(id, 22),
      `${title[context.language]} · ${result.rule}`,
    ]
    return `${[...cells, ...more].join(' ')}\n`
  })
  return [...lines, ...sum(results, outcomes, context)]
}

function sum(results: readonly DrillResult[], outcomes: readonly Outcome[], context: Pick<Context, 'text'>): string[] {
  const count = (wanted: Outcome): number => outcomes.filter(outcome => outcome === wanted).length
  const times = results.flatMap(({ milliseconds }) => milliseconds ?? []).sort((a, b) => a - b)
  const summary = context.text('drill.summary', {
    detected: results.filter(({ detected }) => detected).length,
    of: results.length,
    missed: count('missed'),
    noisy: count('noisy'),
    notRun: count('notRun'),
  })
  if (times.length === 0) return [`${summary}\n`]
  const median = times[Math.floor((times.length - 1) / 2)]!
  return [`${summary}\n`, `${context.text('drill.median', { median, slowest: times.at(-1)! })}\n`]
}
