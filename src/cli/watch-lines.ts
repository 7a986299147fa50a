import type { Language, MessageKey } from '../base/i18n/translate.ts'
import { priorityNumber } from '../base/model/priority.ts'
import type { Alert } from '../base/model/runtime.ts'
import { paint, type Style, type Terminal } from '../base/terminal.ts'
import { escapeText } from '../base/text.ts'
import { libraryKorean } from '../runtime/rules/library.ts'
import type { JudgeMessage } from '../runtime/watch/judge.ts'
import type { WatchMessage } from '../runtime/watch/messages.ts'
import type { Loss, SessionEnd } from '../runtime/watch/session.ts'
import type { Context } from './context.ts'

const styles: Record<string, Style> = {
  Emergency: 'red',
  Alert: 'red',
  Critical: 'red',
  Error: 'red',
  Warning: 'yellow',
  Notice: 'cyan',
}

/** What a rule is called in the language of the user. */
export type TitleOf = (rule: string) => string

/** Rules of the user's own are called what they are called, and ours in English by their names. */
export function titlesFor(language: Language, own: boolean): TitleOf {
  if (language === 'en' || own) return rule => rule
  const korean = libraryKorean()
  return rule => korean.get(rule)?.title ?? rule
}

/** Falco's line of text: time, priority, what happened; the rule's title in front of it where that is in another language. */
export function alertLine(
  { alert }: Extract<JudgeMessage, { kind: 'alert' }>,
  terminal: Terminal,
  titleOf: TitleOf = rule => rule,
): string {
  const title = titleOf(alert.rule)
  const text = title === alert.rule ? alert.output : withTitle(alert, title)
  return `${paint(terminal, styles[alert.priority], escapeText(text))}\n`
}

function withTitle({ output, priority }: Alert, title: string): string {
  const at = output.indexOf(` ${priority} `)
  if (at < 0) return `${title}: ${output}`
  const behind = at + priority.length + 2
  return `${output.slice(0, behind)}${title}: ${output.slice(behind)}`
}

export function sayLosses(losses: readonly Loss[], context: Context): void {
  for (const { what, why } of losses) context.say(context.text('watch.probe', { what, why }))
}

/** What is no alert. */
export function sayMessage(message: WatchMessage, context: Context, titleOf: TitleOf = rule => rule): void {
  if (message.kind === 'held')
    for (const row of message.rows) context.say(context.text('watch.held', { ...row, rule: titleOf(row.rule) }))
  else if (message.kind === 'fault')
    context.say(context.text('watch.fault', { type: message.type, reason: message.reason }))
  else if (message.kind === 'notice') sayLosses([message], context)
  else if (message.kind === 'unscanned')
    for (const { reason, count } of message.rows)
      context.say(context.text('watch.unscanned', { count, reason: unscannedReason(reason, context) }))
  else if (message.kind === 'recorded')
    context.say(context.text('watch.recorded', { file: message.file, count: message.count }))
}

const unscannedReasons: Record<string, MessageKey> = {
  vanished: 'watch.unscanned.vanished',
  writing: 'watch.unscanned.writing',
  'too large': 'watch.unscanned.large',
  'not a file': 'watch.unscanned.other',
  'queue full': 'watch.unscanned.queue',
}

function unscannedReason(reason: string, context: Context): string {
  const key = unscannedReasons[reason]
  return key === undefined ? reason : context.text(key)
}

const mostIncidents = 20

/** What was seen, incident by incident, and how much it was in numbers. */
export function sayEnd(
  { counters, alerts, incidents, held, open }: SessionEnd,
  context: Context,
  titleOf: TitleOf = rule => rule,
): void {
  const worst = open.toSorted((a, b) => priorityNumber(a.priority) - priorityNumber(b.priority) || b.count - a.count)
  if (worst.length > 0) context.say(context.text('watch.incidents', { count: worst.length }))
  for (const { id, priority, rule, workload, count, first, last, lineage } of worst.slice(0, mostIncidents)) {
    const process = lineage.map(({ comm }) => comm).join(' → ')
    const times = { first: first.slice(11, 19), last: last.slice(11, 19) }
    context.say(
      context.text('watch.incident', { id, priority, rule: titleOf(rule), workload, count, process, ...times }),
    )
  }
  if (worst.length > mostIncidents) context.say(context.text('watch.more', { count: worst.length - mostIncidents }))
  const { judged, filtered } = counters
  const lost = Object.values(counters.lost).reduce((sum, count) => sum + count, 0)
  context.say(context.text('watch.ended', { judged, filtered, lost, alerts, incidents, held }))
}
