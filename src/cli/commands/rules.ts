import type { Command } from 'commander'
import { conditionReason } from '../../base/i18n/condition-reasons.ts'
import type { Language } from '../../base/i18n/translate.ts'
import { escapeText } from '../../base/text.ts'
import { listedTypes } from '../../runtime/rules/event-types.ts'
import { libraryTexts } from '../../runtime/rules/library.ts'
import { loadRules } from '../../runtime/rules/loader/load.ts'
import type { Problem } from '../../runtime/rules/model.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { mustLoad } from './rule-files.ts'
import { readRuleFiles } from './rule-texts.ts'
import { defineTest } from './rules-test.ts'

/** `jenner rules validate FILE…`, `jenner rules list [FILE…]` (our own library without one), `jenner rules test FILE… --against EVENTS [--exception FILE] [--source SOURCE]` */
export function define(command: Command, context: Context): void {
  addFlags(command.command('validate <FILE...>').description(context.text('rules.validate')), context, [
    'format',
  ]).action((files: string[], _: unknown, own: Command) => validate(files, own, context))
  addFlags(command.command('list [FILE...]').description(context.text('rules.list')), context, ['format']).action(
    (files: string[], _: unknown, own: Command) => list(files, own, context),
  )
  defineTest(command.command('test <FILE...>').description(context.text('rules.test')), context)
}

const failed = 4

/** Exit 0 when everything loads, 4 when not; warnings are listed either way. `-f json` is Falco's form, a file each. */
async function validate(files: string[], own: Command, context: Context): Promise<void> {
  context.endAtOnce()
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
    ...errors.map(problem => problemLine('error', problem, context.language)),
    ...warnings.map(problem => problemLine('warning', problem, context.language)),
  ]
  const summary = context.text(errors.length > 0 ? 'rules.invalid' : 'rules.valid', {
    files: texts.length,
    errors: errors.length,
    warnings: warnings.length,
  })
  await context.emit([...lines, `${summary}\n`])
}

function problemLine(kind: string, problem: Problem, language: Language): string {
  const { file, line, code, item_type, item_name, message } = problem
  const item = `${item_type}${item_name ? ` "${item_name}"` : ''}`
  return `${escapeText(`${file}:${line}: ${kind}: ${code}: ${item}: ${conditionReason(message, language)}`)}\n`
}

async function list(files: string[], own: Command, context: Context): Promise<void> {
  context.endAtOnce()
  const { format } = context.settings(own, ['format'])
  const { rules } = mustLoad(files.length === 0 ? libraryTexts() : readRuleFiles(files))
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
