import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText } from '../../base/text.ts'
import { auditEvents, auditFields, auditType } from '../../runtime/fields/audit/audit.ts'
import { createEngine, type RuleEngine } from '../../runtime/rules/engine.ts'
import { type Source, sources } from '../../runtime/rules/fields.ts'
import { asAppended } from '../../runtime/rules/loader/append.ts'
import type { RuleText } from '../../runtime/rules/loader/load.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { readText } from '../read-text.ts'
import { mustLoad } from './rule-files.ts'
import { readRuleFiles } from './rule-texts.ts'

interface Options {
  against: string
  exception?: string[]
  source: string
}

const gather = (value: string, before: string[] = []) => [...before, value]

/** `jenner rules test FILE… --against EVENTS`: which rules recorded events fire; with `--exception FILE` also what these exceptions would have hidden. */
export function defineTest(command: Command, context: Context): void {
  command
    .requiredOption('--against <EVENTS>', context.text('rules.against'))
    .option('--exception <FILE>', context.text('rules.exception'), gather)
    .option('--source <SOURCE>', context.text('rules.source'), 'syscall')
  addFlags(command, context, ['format']).action((files: string[], options: Options, own: Command) =>
    test(files, options, own, context),
  )
}

interface Tally {
  events: number
  unreadable: number
  /** Matches by rule, and how many of them the exceptions hide. */
  rules: Map<string, { count: number; hidden: number }>
}

async function test(files: string[], options: Options, own: Command, context: Context): Promise<void> {
  const { format } = context.settings(own, ['format'])
  if (!(sources as readonly string[]).includes(options.source))
    throw new JennerError('usage', `--source: ${sources.join(', ')}`)
  const source = options.source as Source
  const texts = readRuleFiles(files)
  const exceptions = options.exception && readRuleFiles(options.exception).map(asAppended)
  const tally = judgeAll(
    readText(options.against),
    source,
    engineOf(texts, source),
    exceptions && engineOf([...texts, ...exceptions], source),
  )
  if (tally.unreadable > 0) context.exitCode = 3
  const { events, unreadable } = tally
  const rows = [...tally.rules]
    .sort((a, b) => b[1].count - a[1].count)
    .map(([rule, { count, hidden }]) => ({ rule, count, ...(exceptions && { hidden }) }))
  if (format === 'json') return context.emit([`${JSON.stringify({ events, unreadable, rules: rows }, null, 2)}\n`])
  const lines = rows.map(({ rule, count, hidden }) => {
    const note = hidden === undefined ? '' : `  ${context.text('rules.hidden', { hidden, left: count - hidden })}`
    return `${String(count).padStart(8)}  ${escapeText(rule)}${note}\n`
  })
  await context.emit([...lines, `${context.text('rules.tested', { events, rules: rows.length, unreadable })}\n`])
}

function engineOf(texts: readonly RuleText[], source: Source): RuleEngine {
  const { rules } = mustLoad(texts)
  return createEngine(rules, source === 'k8s_audit' ? { source, fields: auditFields } : { source })
}

function judgeAll(text: string, source: Source, engine: RuleEngine, excepted: RuleEngine | undefined): Tally {
  const tally: Tally = { events: 0, unreadable: 0, rules: new Map() }
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const events = source === 'k8s_audit' ? auditEvents(line) : eventOf(line)
    if (!events) tally.unreadable++
    for (const event of events ?? []) judge(event, typeOf(event, source), engine, excepted, tally)
  }
  return tally
}

function judge(event: unknown, type: string, engine: RuleEngine, excepted: RuleEngine | undefined, tally: Tally): void {
  tally.events++
  const fired = engine.judge(type, event)
  if (fired.length === 0) return
  const left = new Set(excepted?.judge(type, event).map(({ name }) => name))
  for (const { name } of fired) {
    const row = tally.rules.get(name) ?? { count: 0, hidden: 0 }
    tally.rules.set(name, row)
    row.count++
    if (excepted && !left.has(name)) row.hidden++
  }
}

function typeOf(event: unknown, source: Source): string {
  return source === 'k8s_audit' ? auditType : String((event as Record<string, unknown>)['evt.type'] ?? '')
}

/** One event of a line: Falco field names to values, or an alert in Falco's JSON form (its `output_fields`). */
function eventOf(line: string): Record<string, unknown>[] | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { output_fields } = value as { output_fields?: Record<string, unknown> }
    return [output_fields ?? (value as Record<string, unknown>)]
  } catch {
    return undefined
  }
}
