import { paint, type Style, type Terminal } from '../base/terminal.ts'
import { escapeText } from '../base/text.ts'
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

/** Falco's line of text: time, priority, what happened. */
export function alertLine({ alert }: Extract<JudgeMessage, { kind: 'alert' }>, terminal: Terminal): string {
  const style = styles[alert.priority]
  return `${paint(terminal, style, escapeText(alert.output))}\n`
}

export function sayLosses(losses: readonly Loss[], context: Context): void {
  for (const { what, why } of losses) context.say(context.text('watch.probe', { what, why }))
}

/** What is no alert. */
export function sayMessage(message: WatchMessage, context: Context): void {
  if (message.kind === 'held') for (const row of message.rows) context.say(context.text('watch.held', row))
  else if (message.kind === 'fault')
    context.say(context.text('watch.fault', { type: message.type, reason: message.reason }))
  else if (message.kind === 'notice') sayLosses([message], context)
  else if (message.kind === 'unscanned')
    for (const row of message.rows) context.say(context.text('watch.unscanned', row))
  else if (message.kind === 'recorded')
    context.say(context.text('watch.recorded', { file: message.file, count: message.count }))
}

const mostIncidents = 20
const priorities = ['Emergency', 'Alert', 'Critical', 'Error', 'Warning', 'Notice', 'Informational', 'Debug']

/** What was seen, incident by incident, and how much it was in numbers. */
export function sayEnd({ counters, alerts, incidents, held, open }: SessionEnd, context: Context): void {
  const worst = open.toSorted(
    (a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || b.count - a.count,
  )
  if (worst.length > 0) context.say(context.text('watch.incidents', { count: worst.length }))
  for (const { id, priority, rule, workload, count, first, last, lineage } of worst.slice(0, mostIncidents)) {
    const process = lineage.map(({ comm }) => comm).join(' → ')
    const times = { first: first.slice(11, 19), last: last.slice(11, 19) }
    context.say(context.text('watch.incident', { id, priority, rule, workload, count, process, ...times }))
  }
  if (worst.length > mostIncidents) context.say(context.text('watch.more', { count: worst.length - mostIncidents }))
  const { judged, filtered } = counters
  const lost = Object.values(counters.lost).reduce((sum, count) => sum + count, 0)
  context.say(context.text('watch.ended', { judged, filtered, lost, alerts, incidents, held }))
}
