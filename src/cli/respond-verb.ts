import type { Command } from 'commander'
import { JennerError } from '../base/errors.ts'
import type { MessageKey } from '../base/i18n/translate.ts'
import { escapeText } from '../base/text.ts'
import type { ActionId } from '../runtime/respond/model.ts'
import { checkNetworks } from '../runtime/respond/network/rules.ts'
import { duration } from '../runtime/respond/policy/duration.ts'
import { type ActResult, openResponder, type Responder, type StepResult } from '../runtime/respond/responder.ts'
import { stateFolder } from '../runtime/respond/state.ts'
import type { Tidied } from '../runtime/respond/tidy.ts'
import { addFlags } from './add-flags.ts'
import type { Context } from './context.ts'

interface RespondFlags {
  for?: string
  allow?: string[]
  evidence?: boolean
  dryRun?: boolean
  reason?: string
  state?: string
}

/** `jenner isolate|pause|stop|kill CONTAINER [--for TIME] [--allow CIDR] [--evidence] [--dry-run] [--reason TEXT]` */
export function defineAction(command: Command, context: Context, action: ActionId): void {
  command.argument('<container>', context.text('respond.container'))
  if (action !== 'kill') command.option('--for <TIME>', context.text('respond.flag.for'))
  if (action === 'isolate')
    command.option('--allow <CIDR>', context.text('respond.flag.allow'), (value: string, before: string[] = []) => [
      ...before,
      ...value.split(','),
    ])
  command
    .option('--evidence', context.text('respond.flag.evidence'))
    .option('--dry-run', context.text('respond.flag.dryRun'))
    .option('--reason <TEXT>', context.text('respond.flag.reason'))
    .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(command, context, ['format']).action(async (container: string, own: RespondFlags) => {
    const json = jsonAsked(command, context)
    checkNetworks(own.allow ?? [])
    const time = timeOf(own.for)
    const responder = openHouse(own.state, context)
    try {
      sayTidied(await responder.tidy(), context)
      const result = await responder.act({
        action,
        container,
        allow: own.allow ?? [],
        evidence: own.evidence === true,
        dryRun: own.dryRun === true,
        reason: own.reason ?? '',
        ...(time === undefined ? {} : { for: time }),
      })
      if (result.steps.some(({ error }) => error !== undefined)) context.exitCode = 1
      await context.emit([json ? `${JSON.stringify(result, null, 2)}\n` : resultText(result, context)])
    } finally {
      responder.close()
    }
  })
}

/** The responder of a state folder, `given` or the usual one. */
export function openHouse(given: string | undefined, context: Context): Responder {
  const responder = openResponder({ folder: stateFolder(context.env, given) })
  for (const file of responder.damaged()) context.say(context.text('respond.damaged', { file }))
  return responder
}

/** Whether JSON is asked for; throws usage for what is neither that nor the table. */
export function jsonAsked(command: Command, context: Context): boolean {
  const { format } = context.settings(command, ['format'])
  if (format !== 'json' && format !== 'table') throw new JennerError('usage', `--format ${format} (table, json)`)
  return format === 'json'
}

/** What was brought in order on the way. */
export function sayTidied({ expired, renewed, gone, failed }: Tidied, context: Context): void {
  for (const [key, records] of Object.entries({ expired, renewed, gone }))
    for (const { containerName, action } of records)
      context.say(context.text(`respond.tidied.${key}` as MessageKey, { name: containerName, action }))
  for (const { record, error } of failed)
    context.say(context.text('respond.tidied.failed', { name: record.containerName, action: record.action, error }))
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = duration(text)
  if (time === undefined || time === 0) throw new JennerError('usage', `--for ${text} (30s, 10m, 1h)`)
  return time
}

function resultText({ container, steps }: ActResult, context: Context): string {
  const name = escapeText(container.name)
  return `${steps.flatMap(step => stepLines(step, name, context)).join('\n')}\n`
}

function stepLines(step: StepResult, name: string, context: Context): string[] {
  const { action, dryRun, lines, error, milliseconds = 0, file = '', until, undo, warnings = [] } = step
  if (error !== undefined) return [context.text('respond.evidence_failed', { error: escapeText(error) })]
  if (dryRun) return [context.text(`respond.would.${action}`, { name }), ...lines.map(line => `  ${escapeText(line)}`)]
  return [
    context.text(`respond.done.${action}`, { name, ms: Math.round(milliseconds), file: escapeText(file) }),
    ...warnings.map(
      warning =>
        `  ${context.text(`respond.warning.${warning}`, { names: escapeText((step.shares ?? []).join(', ')) })}`,
    ),
    ...(until === undefined ? [] : [`  ${context.text('respond.until', { time: until })}`]),
    ...(undo === undefined ? [] : [`  ${context.text('respond.undo', { name })}`]),
  ]
}
