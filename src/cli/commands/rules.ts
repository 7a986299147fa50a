import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText } from '../../base/text.ts'
import { createEngine } from '../../runtime/rules/engine.ts'
import { listedTypes } from '../../runtime/rules/event-types.ts'
import { loadRules, type RuleText } from '../../runtime/rules/loader/load.ts'
import type { Problem, RuleSet } from '../../runtime/rules/model.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'

/** `jenner rules validate|list FILE…`, `jenner rules test FILE… --against EVENTS` */
export function define(command: Command, context: Context): void {
  addFlags(command.command('validate <FILE...>').description(context.text('rules.validate')), context, [
    'format',
  ]).action((files: string[], _: unknown, own: Command) => validate(files, own, context))
  addFlags(command.command('list <FILE...>').description(context.text('rules.list')), context, ['format']).action(
    (files: string[], _: unknown, own: Command) => list(files, own, context),
  )
  const testing = command
    .command('test <FILE...>')
    .description(context.text('rules.test'))
    .requiredOption('--against <EVENTS>', context.text('rules.against'))
  addFlags(testing, context, ['format']).action((files: string[], options: { against: string }, own: Command) =>
    test(files, options.against, own, context),
  )
}

const failed = 4

/** Exit 0 when everything loads, 4 when not; warnings are listed either way. `-f json` is Falco's form, a file each. */
async function validate(files: string[], own: Command, context: Context): Promise<void> {
  const { format } = context.settings(own, ['format'])
  const texts = readRuleFiles(files)
  const { errors, warnings } = loadRules(texts)
  if (errors.length > 0) context.exitCode = failed
  if (format === 'json') {
    const of = (problems: Problem[], name: string) =>
      problems.filter(({ file }) => file === name).map(({ file: _, ...rest }) => rest)
    const report = {
      files: texts.map(({ name }) => ({ name, errors: of(errors, name), warnings: of(warnings, name) })),
    }
    await context.emit([`${JSON.stringify(report, null, 2)}\n`])
    return
  }
  const lines = [
    ...errors.map(problem => problemLine('error', problem)),
    ...warnings.map(problem => problemLine('warning', problem)),
  ]
  const summary = context.text(errors.length > 0 ? 'rules.invalid' : 'rules.valid', {
    files: texts.length,
    errors: errors.length,
    warnings: warnings.length,
  })
  await context.emit([...lines, `${summary}\n`])
}

function problemLine(kind: string, { file, line, code, item_type, item_name, message }: Problem): string {
  return `${escapeText(`${file}:${line}: ${kind}: ${code}: ${item_type}${item_name ? ` "${item_name}"` : ''}: ${message}`)}\n`
}

async function list(files: string[], own: Command, context: Context): Promise<void> {
  const { format } = context.settings(own, ['format'])
  const { rules } = mustLoad(files)
  const rows = rules.map(({ name, priority, source, enabled, tags, eventTypes, description }) => ({
    name,
    priority,
    source,
    enabled,
    tags,
    eventTypes: listedTypes(eventTypes) ?? 'any',
    description,
  }))
  if (format === 'json') return context.emit([`${JSON.stringify(rows, null, 2)}\n`])
  const lines = rows.map(
    ({ name, priority, enabled, tags }) =>
      `${priority.padEnd(13)} ${enabled ? '   ' : 'off'} ${escapeText(name)}  [${escapeText(tags.join(', '))}]\n`,
  )
  await context.emit([...lines, `${context.text('rules.count', { count: rows.length })}\n`])
}

/** Judges recorded events: one JSON object a line, Falco field names to values, or an alert in Falco's JSON form (its `output_fields`). */
async function test(files: string[], against: string, own: Command, context: Context): Promise<void> {
  const { format } = context.settings(own, ['format'])
  const engine = createEngine(mustLoad(files).rules)
  const counts = new Map<string, number>()
  let events = 0
  let unreadable = 0
  for (const line of readText(against).split('\n')) {
    if (line.trim() === '') continue
    const event = eventOf(line)
    if (!event) {
      unreadable++
      continue
    }
    events++
    for (const { name } of engine.judge(String(event['evt.type'] ?? ''), event))
      counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  if (unreadable > 0) context.exitCode = 3
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([rule, count]) => ({ rule, count }))
  if (format === 'json') return context.emit([`${JSON.stringify({ events, unreadable, rules: rows }, null, 2)}\n`])
  const lines = rows.map(({ rule, count }) => `${String(count).padStart(8)}  ${escapeText(rule)}\n`)
  await context.emit([...lines, `${context.text('rules.tested', { events, rules: rows.length, unreadable })}\n`])
}

function eventOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { output_fields } = value as { output_fields?: Record<string, unknown> }
    return output_fields ?? (value as Record<string, unknown>)
  } catch {
    return undefined
  }
}

function mustLoad(files: string[]): RuleSet {
  const loaded = loadRules(readRuleFiles(files))
  const [first] = loaded.errors
  if (first) throw new JennerError('usage', `${first.file}:${first.line}: ${first.code}: ${first.message}`)
  return loaded
}

/** Files as given; of a folder its `.yaml` and `.yml` files in the order of their names. */
function readRuleFiles(files: string[]): RuleText[] {
  return files.flatMap(file => {
    if (!existsSync(file)) throw new JennerError('target_not_found', file)
    if (!statSync(file).isDirectory()) return [{ name: file, content: readText(file) }]
    const names = readdirSync(file)
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
    return names.map(name => ({ name: join(file, name), content: readText(join(file, name)) }))
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new JennerError(
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'target_not_found' : 'target_unreadable',
      file,
      cause,
    )
  }
}
