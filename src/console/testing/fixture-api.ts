import type { Page } from '../../server/schemas/common.ts'
import { makeDecisionDetail, makeEvidenceDetail } from './casework-data.ts'
import { makeDecisions, makeDetail, makeFindings, makeVulnerabilities } from './finding-data.ts'
import {
  makeActions,
  makeAlert,
  makeDrills,
  makeIncidentDetail,
  makeIncidents,
  makeRules,
  makeScenarios,
} from './guard-data.ts'
import { makeContainers, makeDiff, makeHosts, makeImageDetail, makeImages, makePackages } from './inventory-data.ts'
import { hostile } from './made.ts'
import {
  makeAudit,
  makeEvents,
  makeHealth,
  makeJobs,
  makeLogs,
  makeOutputs,
  makeReports,
  makeSchedules,
  makeToday,
  makeTokens,
  makeUsers,
  outputKinds,
  settings,
} from './platform-data.ts'

export interface FixtureOptions {
  /** Only the starter database is there. */
  starter?: boolean
  /** Every list is empty. */
  empty?: boolean
  /** Without the hostile names: for pictures. */
  plain?: boolean
  base?: number
}

type Row = Record<string, unknown>

/** What the fixture answers to `GET`: lists by resource, one thing by resource and id, and the odd ones by path. */
export function fixtureData({ starter = false, empty = false, plain = false, base = Date.now() }: FixtureOptions) {
  const flaws = makeVulnerabilities(base)
  const incidents = makeIncidents(base)
  const images = makeImages(base)
  const full: Record<string, readonly object[]> = {
    incidents,
    alerts: Array.from({ length: 30 }, (_, index) => makeAlert(base, incidents[0]!, index)),
    containers: makeContainers(base),
    hosts: makeHosts(base),
    images,
    packages: makePackages(),
    vulnerabilities: flaws,
    findings: makeFindings(base, flaws),
    decisions: makeDecisions(base),
    evidence: makeIncidentDetail(base, incidents[0]!).evidence,
    rules: makeRules(base),
    actions: makeActions(base),
    drills: makeDrills(base),
    reports: makeReports(base),
    outputs: makeOutputs(base),
    users: makeUsers(base),
    tokens: makeTokens(base),
    audit: makeAudit(base),
    jobs: makeJobs(base),
    logs: makeLogs(base),
    events: makeEvents(base),
  }
  const lists = empty ? Object.fromEntries(Object.keys(full).map(key => [key, []])) : full
  const today = makeToday(base)
  const quiet = {
    ...today,
    counts: Object.fromEntries(Object.keys(today.counts).map(key => [key, 0])),
    items: [],
    fixes: [],
    incidents: [],
  }
  const single: Record<string, unknown> = {
    health: makeHealth(base, starter),
    today: empty ? quiet : today,
    settings,
    'drills/scenarios': makeScenarios(),
    'outputs/kinds': outputKinds,
    'incidents/assignees': [
      { name: 'admin', role: 'admin' },
      { name: 'kim', role: 'analyst' },
      { name: hostile, role: 'analyst' },
    ],
    'rules/files': [{ name: 'own.yaml', text: '- rule: Mine\n' }],
    'reports/schedules': empty ? [] : makeSchedules(base),
    'audit/verify': { rows: 240, ok: true, head: 'b'.repeat(64) },
  }
  const details: Record<string, (row: never) => unknown> = {
    incidents: (row: never) => makeIncidentDetail(base, row),
    vulnerabilities: (row: never) => makeDetail(base, row),
    images: (row: never) => makeImageDetail(row),
    evidence: (row: never) => makeEvidenceDetail(row),
    decisions: (row: never) => makeDecisionDetail(base, row),
  }
  const shown = plain ? withoutHostile : <T>(value: T) => value
  return {
    lists: shown(lists) as Record<string, readonly Row[]>,
    single: shown(single),
    one(room: string, id: string): unknown {
      const row = lists[room]?.find(item => (item as Row)['id'] === id || (item as Row)['name'] === id)
      return row === undefined ? undefined : shown(details[room]?.(row as never) ?? row)
    },
    diff: makeDiff,
  }
}

function withoutHostile<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(hostile).slice(1, -1), 'proxy')) as T
}

const notFilters = new Set([
  'limit',
  'cursor',
  'sort',
  'q',
  'context',
  'since',
  'until',
  'expiring',
  'image',
  'container',
  'incident',
  'kev',
  'fixable',
  'fired',
  'running',
  'exposed',
  'risk',
])

/** A page as the API gives it: `q` in any text, equal fields, sorted, cut at `limit`. */
export function pageFrom(rows: readonly Row[], query: URLSearchParams): Page<Row> {
  const text = query.get('q')?.toLowerCase()
  const kept = rows.filter(row => {
    if (text && !JSON.stringify(row).toLowerCase().includes(text)) return false
    if (query.get('kev') === 'true' && row['kev'] === undefined) return false
    for (const [key, value] of query) {
      if (notFilters.has(key) || row[key] === undefined) continue
      if (!value.split(',').includes(String(row[key]))) return false
    }
    return true
  })
  const sort = query.get('sort')
  if (sort) {
    const [key, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
    kept.sort((a, b) => sign * String(a[key]).localeCompare(String(b[key]), 'en', { numeric: true }))
  }
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  const next = from + limit < kept.length ? String(from + limit) : undefined
  return { items: kept.slice(from, from + limit), total: kept.length, ...(next ? { next } : {}) }
}
