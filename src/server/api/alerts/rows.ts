import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { priorityName } from '../../judge/scales.ts'
import type { AlertRow } from '../../schemas/incidents.ts'
import { parsed } from '../found.ts'

export function alertOf(row: Omit<Tables['alerts'], 'seq'>): AlertRow {
  return {
    id: row.id,
    time: iso(row.time),
    rule: row.rule,
    priority: priorityName(row.priority),
    source: row.source,
    output: row.output,
    output_fields: parsed(row.fields),
    hostname: row.hostname,
    tags: parsed(row.tags),
    hostId: row.host_id,
    containerId: row.container_id,
    container: row.container,
    image: row.image,
    incidentId: row.incident_id,
  }
}
