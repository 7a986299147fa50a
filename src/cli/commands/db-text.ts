import type { DatabaseInfo } from '../../base/model/advisory.ts'
import { escapeText } from '../../base/text.ts'
import type { BuildReport } from '../../scan/advisories/advisories.ts'
import type { Context } from '../context.ts'

const shownProblems = 10

/** What could not be read, the first ten by name. */
export function sayProblems(report: BuildReport, context: Context): void {
  if (report.unrecognised > 0) context.say(context.text('db.unrecognised', { count: report.unrecognised }))
  if (report.problemCount === 0) return
  context.say(context.text('db.problems', { count: report.problemCount }))
  for (const { path, detail } of report.problems.slice(0, shownProblems))
    context.say(context.text('db.problem', { path, detail }))
  const more = report.problemCount - shownProblems
  if (more > 0) context.say(context.text('db.more_problems', { count: more }))
}

/** `5 days`, from an ISO time until now. */
export function ageOf(time: string, context: Pick<Context, 'text'>, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(time)) / 60_000))
  if (minutes < 120) return context.text('db.age.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? context.text('db.age.hours', { count: hours })
    : context.text('db.age.days', { count: Math.floor(hours / 24) })
}

/** Bytes for people: `14.2 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The database's file, age and sources as lines. */
export function statusText(file: string, info: DatabaseInfo, context: Pick<Context, 'text'>): string {
  const head = info.starter
    ? [context.text('db.none', { file: escapeText(file) })]
    : [
        context.text('db.file', { file: escapeText(file) }),
        context.text('db.built_at', { time: info.builtAt, age: ageOf(info.builtAt, context) }),
      ]
  const titles = [
    context.text('db.column.source'),
    context.text('db.column.records'),
    context.text('db.column.updated'),
  ]
  const rows = info.sources
    .toSorted((a, b) => b.records - a.records)
    .map(source => [escapeText(source.id), String(source.records), source.updatedAt.slice(0, 10)])
  const width = Math.max(12, ...rows.map(([id]) => id!.length + 2))
  const line = ([id, records, updated]: string[]) => `${id!.padEnd(width)}${records!.padStart(10)}  ${updated}`
  return `${[...head, '', line(titles), ...rows.map(line)].join('\n')}\n`
}
