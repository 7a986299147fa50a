import { createHash } from 'node:crypto'
import { JennerError } from '../../base/errors.ts'
import type { LogRecord } from '../../reporting/logs/record.ts'
import { type LogRule, parseSigma } from '../../reporting/logs/sigma.ts'
import type { Context } from '../context.ts'
import type { AlertBatch, LogBatch } from '../schemas/agent.ts'
import { storeAlerts } from './alerts.ts'

const maxRules = 500
/** Alerts of one batch of lines: a container that prints the same again and again is one incident, and its count need not be exact. */
const maxAlerts = 500

/** Reads Sigma rules, a YAML document each. Throws JennerError bad_argument that names the document and its fault. */
export function parseLogRules(text: string): LogRule[] {
  if (text.trim() === '') return []
  const documents = text.split(/^---\s*$/m).filter(part => part.trim() !== '')
  if (documents.length > maxRules) throw new JennerError('bad_argument', `logs.rules: more than ${maxRules}`)
  return documents.map((document, at) => {
    const rule = parseSigma(document)
    if ('fault' in rule) throw new JennerError('bad_argument', `logs.rules[${at}]: ${rule.fault}`)
    return rule
  })
}

let known: { text: string; rules: LogRule[] } = { text: '', rules: [] }

/** Judges lines that were just stored by the rules of the settings; what fits is an alert like any other. */
export async function judgeLogs(context: Context, { hostId, items }: LogBatch): Promise<void> {
  const { rules: text } = context.settings.get().logs
  if (text !== known.text) known = { text, rules: parseLogRules(text) }
  if (known.rules.length === 0) return
  const images = await imagesOf(context, new Set(items.map(({ containerId }) => containerId)))
  const alerts: AlertBatch['items'] = []
  for (const line of items) {
    const record: LogRecord = {
      ...fieldsOf(line.text),
      text: line.text,
      stream: line.stream,
      container: line.container,
      image: images.get(line.containerId)?.image ?? '',
    }
    for (const rule of known.rules)
      if (alerts.length < maxAlerts && rule.matches(record))
        alerts.push(alertOf(rule, line, images.get(line.containerId)))
  }
  if (alerts.length > 0) await storeAlerts(context, { hostId, items: alerts, held: [] })
}

type Line = LogBatch['items'][number]
interface Known {
  image: string
  imageId: string
  host: string
}

async function imagesOf({ db }: Context, ids: Set<string>): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('containers')
    .innerJoin('hosts', 'hosts.id', 'containers.host_id')
    .select(['containers.id', 'image', 'image_id', 'hosts.name as host'])
    .where('containers.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(row => [row.id, { image: row.image, imageId: row.image_id, host: row.host }]))
}

/** The fields of a line that is JSON, a level deep. */
function fieldsOf(text: string): Record<string, string> {
  if (!text.startsWith('{')) return {}
  try {
    const value = JSON.parse(text) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 200)
        .map(([key, each]) => [key, typeof each === 'object' ? JSON.stringify(each) : String(each)]),
    )
  } catch {
    return {}
  }
}

function alertOf(rule: LogRule, line: Line, known: Known | undefined): AlertBatch['items'][number] {
  const { containerId, container, time, stream, text } = line
  return {
    // The same line judged twice is one alert.
    id: createHash('sha256').update(`${rule.id}\0${line.id}`).digest('hex').slice(0, 32),
    incident: createHash('sha256').update(`logs\0${rule.id}\0${containerId}`).digest('hex').slice(0, 24),
    workload: container,
    lineage: [],
    alert: {
      time,
      rule: rule.title,
      priority: rule.priority,
      source: 'logs',
      output: `${rule.title} | ${text.slice(0, 2000)}`,
      output_fields: {
        'log.stream': stream,
        'log.text': text.slice(0, 2000),
        'container.id': containerId.slice(0, 12),
        'container.name': container,
      },
      hostname: known?.host ?? '',
      tags: rule.tags,
      container: { id: containerId, name: container, image: known?.image ?? '', imageId: known?.imageId ?? '' },
    },
  }
}
