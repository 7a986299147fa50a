import { translate } from '../../base/i18n/translate.ts'
import { maskText } from '../../base/mask.ts'
import type { Notice } from '../../reporting/outputs/model.ts'
import type { Tables } from '../db/tables.ts'
import { iso } from '../ingest/time.ts'
import { sayReasons } from '../judge/reasons.ts'
import { priorityName, severityName } from '../judge/scales.ts'
import { reasonsOf } from '../judge/score.ts'

/** One message for an incident, and another only when it became worse, and when it is `over` or open again. `sample` is an alert of it. */
export function incidentNotice(
  row: Tables['incidents'],
  sample: Pick<Tables['alerts'], 'output' | 'fields' | 'hostname'> | undefined,
  base: string,
  changed?: { at: number; over: boolean },
): Notice {
  return {
    id: `incident-${row.id}-${changed ? `${changed.over ? 'closed' : 'open'}-${changed.at}` : row.priority}`,
    about: `incident-${row.id}`,
    ...(changed?.over && { resolved: true }),
    time: iso(changed?.at ?? row.last),
    kind: 'incident',
    priority: priorityName(row.priority),
    title: row.container === '' ? row.rule : `${row.rule}: ${row.container}`,
    text: maskText(sample?.output ?? row.rule),
    rule: row.rule,
    ...(sample !== undefined && { host: sample.hostname }),
    ...(row.container !== '' && { container: row.container }),
    ...(row.container_id !== '' && { containerId: row.container_id }),
    ...(row.image !== '' && { image: row.image }),
    ...(base !== '' && { url: `${base}/incidents/${row.id}` }),
    tags: JSON.parse(row.tags) as string[],
    fields: sample === undefined ? {} : (JSON.parse(sample.fields) as Notice['fields']),
  }
}

function sayFlaw(row: Tables['vulnerabilities'], language: 'en' | 'ko'): string {
  const { images, running } = row
  const reasons = sayReasons(reasonsOf({ ...row, fixed: row.fixable }))[language]
  return translate(language, 'server.notice.flaw', { severity: severityName(row.severity), images, running, reasons })
}

const flawPriorities = ['Critical', 'Error', 'Warning', 'Notice', 'Informational'] as const

/** One message for a flaw that somebody must decide on, however many images have it. */
export function flawNotice(row: Tables['vulnerabilities'], base: string, now: number): Notice {
  const names = JSON.parse(row.packages) as { name: string; fixed?: string }[]
  const fixes = names.map(({ name, fixed }) => (fixed === undefined ? name : `${name} → ${fixed}`))
  const facts = {
    severity: severityName(row.severity),
    images: row.images,
    running: row.running,
    kev: row.kev > 0,
    inUse: row.in_use === 2,
  }
  return {
    id: `flaw-${row.id}`,
    time: iso(now),
    kind: 'finding',
    priority: row.kev > 0 ? 'Critical' : (flawPriorities[row.severity] ?? 'Informational'),
    title: `${row.id}: ${row.title || fixes.slice(0, 3).join(', ')}`,
    // Whoever reads it may read either: an output has no language.
    text: [sayFlaw(row, 'en'), sayFlaw(row, 'ko'), ...fixes.slice(0, 20)].join('\n'),
    ...(base !== '' && { url: `${base}/vulnerabilities/${encodeURIComponent(row.id)}` }),
    tags: [],
    fields: facts,
  }
}
