import { en } from '../../base/i18n/en.ts'
import { type MessageKey, translate } from '../../base/i18n/translate.ts'
import type { Levels, SecurityReport } from './model.ts'

/** A part of the report, the same in every format. */
export interface Section {
  title: string
  /** Sentences above the table. */
  lines: string[]
  table?: { head: string[]; rows: string[][] }
}

/** What stands at the top: a number and what it is. */
export interface Figure {
  value: string
  label: string
}

type Say = (key: MessageKey, values?: Record<string, string | number>) => string

export function sayIn(report: SecurityReport): Say {
  return (key, values) => translate(report.language, key, values)
}

export function figuresOf(report: SecurityReport): Figure[] {
  const say = sayIn(report)
  const { counts, incidents, now } = report
  const time = (seconds: number | undefined): string =>
    seconds === undefined ? say('report.none') : duration(seconds, report.language)
  return [
    { value: String(counts.containers), label: say('report.containers') },
    { value: String(counts.images), label: say('report.images', { scanned: counts.scanned }) },
    { value: String(incidents.open), label: say('report.openIncidents') },
    { value: String(now.CRITICAL + now.HIGH), label: say('report.criticalHigh') },
    { value: time(report.detectSeconds), label: say('report.detect') },
    { value: time(report.respondSeconds), label: say('report.respond') },
    { value: time(report.fixSeconds), label: say('report.fix') },
  ]
}

/** Everything below the figures, in order. A section without rows says so: an empty page is no answer. */
export function sectionsOf(report: SecurityReport): Section[] {
  const say = sayIn(report)
  const titles = (...keys: MessageKey[]): string[] => keys.map(key => say(key))
  const { found, fixed, incidents, advisories } = report
  return [
    {
      title: say('report.findings'),
      lines: [say('report.foundFixed', { found, fixed }), advisoriesLine(advisories, say)],
      table: {
        head: titles('security.severity', 'report.before', 'report.now', 'report.change'),
        rows: levelRows(report),
      },
    },
    section(
      say('report.risks'),
      titles('report.risk', 'security.severity', 'report.affected', 'security.why'),
      say,
      report.risks.map(({ title, severity, images, why }) => [title, word(severity, report), String(images), why]),
    ),
    section(
      say('report.fixes'),
      titles('report.fixTitle', 'report.image', 'report.removes'),
      say,
      report.fixes.map(({ title, image, removes }) => [title, image, String(removes)]),
    ),
    {
      ...section(
        say('report.worst'),
        titles(
          'report.rule',
          'report.container',
          'report.priority',
          'report.first',
          'report.count',
          'report.state',
          'report.response',
        ),
        say,
        report.worst.map(row => [
          row.rule,
          row.container,
          word(row.priority, report),
          stamp(row.first),
          String(row.count),
          word(row.state, report),
          row.response
            .split(', ')
            .map(step => word(step, report))
            .join(', '),
        ]),
      ),
      lines: [say('report.incidentsLine', { ...incidents })],
    },
    section(
      say('report.decisions'),
      titles('report.what', 'security.status', 'report.owner', 'report.expires'),
      say,
      report.decisions.map(({ what, status, owner, expires }) => [what, word(status, report), owner, stamp(expires)]),
    ),
    section(
      say('report.coverage'),
      titles('report.host', 'report.sensor', 'report.events', 'report.containers'),
      say,
      report.hosts.map(({ name, sensor, coverage, containers }) => [
        name,
        word(sensor, report),
        coverage === undefined ? '–' : `${coverage.toFixed(2)} %`,
        String(containers),
      ]),
    ),
    { title: say('report.drill'), lines: [drillLine(report, say)] },
    section(
      say('report.trend'),
      titles('report.day', 'report.alerts', 'report.incidents', 'report.newFindings'),
      say,
      report.trend.map(({ day, alerts, incidents: opened, findings }) => [
        day,
        String(alerts),
        String(opened),
        String(findings),
      ]),
    ),
    { title: say('report.blind'), lines: report.blind.length === 0 ? [say('report.nothing')] : report.blind },
  ]
}

/** A state in the reader's words; one that has none stays. */
function word(code: string, { language }: SecurityReport): string {
  const key = `report.word.${code}`
  return Object.hasOwn(en, key) ? translate(language, key as MessageKey) : code
}

function section(title: string, head: string[], say: Say, rows: string[][]): Section {
  return rows.length === 0 ? { title, lines: [say('report.nothing')] } : { title, lines: [], table: { head, rows } }
}

function levelRows(report: SecurityReport): string[][] {
  const { now, before } = report
  return (Object.keys(now) as (keyof Levels)[]).map(level => {
    const change = now[level] - before[level]
    return [word(level, report), String(before[level]), String(now[level]), change > 0 ? `+${change}` : String(change)]
  })
}

function advisoriesLine({ starter, builtAt }: SecurityReport['advisories'], say: Say): string {
  return starter || builtAt === undefined ? say('security.starter') : say('report.advisories', { at: stamp(builtAt) })
}

function drillLine({ drill }: SecurityReport, say: Say): string {
  return drill === undefined ? say('report.noDrill') : say('report.drillLine', { ...drill, at: stamp(drill.at) })
}

/** `2026-03-04 05:06 UTC`: a report is read in many zones. */
export function stamp(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function duration(seconds: number, language: SecurityReport['language']): string {
  const units: [size: number, unit: string][] = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
    [0.001, 'millisecond'],
  ]
  const [size, unit] = units.find(([size]) => seconds >= size) ?? [1, 'second']
  const value = seconds / size
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}
