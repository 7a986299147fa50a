import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText } from '../../base/text.ts'
import { auditEvents, auditFields, auditType } from '../../runtime/fields/audit/audit.ts'
import { createRuntimeFields } from '../../runtime/fields/fields.ts'
import { createAttribution, type HidingRow } from '../../runtime/rules/attribution.ts'
import type { FieldSource } from '../../runtime/rules/condition/value.ts'
import { createEngine } from '../../runtime/rules/engine.ts'
import { type Source, sources } from '../../runtime/rules/fields.ts'
import { asAppended } from '../../runtime/rules/loader/append.ts'
import { objectFields } from '../../runtime/rules/loader/compile.ts'
import type { RuleSet } from '../../runtime/rules/model.ts'
import { isRecording, readRecording } from '../../runtime/watch/recording/decode.ts'
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
  /** Matches by rule, and how many of them the exceptions hide, by exception and row. */
  rules: Map<string, { count: number; hidden: number; by: Map<string, HidingRow & { count: number }> }>
}

async function test(files: string[], options: Options, own: Command, context: Context): Promise<void> {
  context.endAtOnce()
  const { format } = context.settings(own, ['format'])
  if (!(sources as readonly string[]).includes(options.source))
    throw new JennerError('usage', `--source: ${sources.join(', ')}`)
  const source = options.source as Source
  const texts = readRuleFiles(files)
  const exceptions = options.exception && readRuleFiles(options.exception).map(asAppended)
  const tally = judgeAll(eventsOf(readText(options.against), source), {
    source,
    rules: mustLoad(texts),
    excepted: exceptions && mustLoad([...texts, ...exceptions]),
  })
  if (tally.unreadable > 0) context.exitCode = 3
  const { events, unreadable } = tally
  const rows = [...tally.rules]
    .sort((a, b) => b[1].count - a[1].count)
    .map(([rule, { count, hidden, by }]) => ({
      rule,
      count,
      ...(exceptions && { hidden, hiddenBy: [...by.values()].sort((a, b) => b.count - a.count) }),
    }))
  if (format === 'json') return context.emit([`${JSON.stringify({ events, unreadable, rules: rows }, null, 2)}\n`])
  const lines = rows.flatMap(({ rule, count, hidden, hiddenBy = [] }) => {
    const note = hidden === undefined ? '' : `  ${context.text('rules.hidden', { hidden, left: count - hidden })}`
    return [
      `${String(count).padStart(8)}  ${escapeText(rule)}${note}\n`,
      ...hiddenBy.map(
        ({ count: times, exception, row }) =>
          `${' '.repeat(10)}${String(times).padStart(8)}  ${escapeText(exception)}: ${escapeText(row)}\n`,
      ),
    ]
  })
  await context.emit([...lines, `${context.text('rules.tested', { events, rules: rows.length, unreadable })}\n`])
}

interface Judges {
  source: Source
  rules: RuleSet
  excepted: RuleSet | undefined
}

/** Events to be judged, with their types and the fields that read them. */
interface Events {
  items: { type: string; event: unknown }[]
  fields: FieldSource
  unreadable: number
}

function judgeAll({ items, fields, unreadable }: Events, { source, rules, excepted }: Judges): Tally {
  const tally: Tally = { events: items.length, unreadable, rules: new Map() }
  const engine = createEngine(rules.rules, { source, fields })
  const other = excepted && createEngine(excepted.rules, { source, fields })
  const hides = excepted && createAttribution(excepted, fields)
  for (const { type, event } of items) {
    const fired = engine.judge(type, event)
    if (fired.length === 0) continue
    const left = new Set(other?.judge(type, event).map(({ name }) => name))
    for (const { name } of fired) {
      const row = tally.rules.get(name) ?? { count: 0, hidden: 0, by: new Map() }
      tally.rules.set(name, row)
      row.count++
      if (!hides || left.has(name)) continue
      row.hidden++
      const found = hides(name, event) ?? { exception: '', row: '' }
      const key = `${found.exception} ${found.row}`
      row.by.set(key, { ...found, count: (row.by.get(key)?.count ?? 0) + 1 })
    }
  }
  return tally
}

/** A recording of raw events (`jenner watch --record`), or lines of events as plain objects, alerts, or audit entries. */
function eventsOf(text: string, source: Source): Events {
  if (source === 'syscall' && isRecording(text)) {
    const { events, unreadable } = readRecording(text)
    return { items: events.map(event => ({ type: event.type, event })), fields: createRuntimeFields(), unreadable }
  }
  const audit = source === 'k8s_audit'
  const events: Events = { items: [], fields: audit ? auditFields : objectFields(source), unreadable: 0 }
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const found = audit ? auditEvents(line) : eventOf(line)
    if (!found) events.unreadable++
    for (const event of found ?? []) events.items.push({ type: typeOf(event, source), event })
  }
  return events
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
