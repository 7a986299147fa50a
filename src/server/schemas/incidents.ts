import { z } from 'zod'
import { bilingual, id, listOf, pageOf, pageQuery, priority, time } from './common.ts'
import { evidence } from './evidence.ts'

/** A rule's word on one event: Falco's JSON form, masked, with where it belongs. */
export const alert = z.object({
  id,
  time,
  rule: z.string(),
  priority,
  source: z.string(),
  output: z.string(),
  output_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hostname: z.string(),
  tags: z.array(z.string()),
  hostId: id,
  containerId: z.string(),
  container: z.string(),
  image: z.string(),
  incidentId: id,
})

export const incidentState = z.enum(['open', 'acknowledged', 'closed'])
export const incident = z.object({
  id,
  rule: z.string(),
  /** The rule's name for people; as it is where the rule is not ours. */
  title: bilingual,
  priority,
  /** MITRE ATT&CK techniques: `T1059`. */
  techniques: z.array(z.string()),
  tags: z.array(z.string()),
  workload: z.string(),
  hostId: id,
  host: z.string(),
  containerId: z.string(),
  container: z.string(),
  image: z.string(),
  imageId: z.string(),
  first: time,
  last: time,
  count: z.int(),
  state: incidentState,
  assignee: z.string().optional(),
  /** Steps taken and in force: `isolate`, `pause` … */
  actions: z.array(z.string()),
})

/** One line of an incident's story. */
export const timelineEntry = z.object({
  time,
  kind: z.enum(['alert', 'action', 'evidence', 'comment', 'state', 'container']),
  title: z.string(),
  detail: z.string().optional(),
  actor: z.string().optional(),
  ref: z.string().optional(),
})

export const incidentDetail = incident.extend({
  description: bilingual,
  lineage: z.array(z.object({ pid: z.int(), comm: z.string(), cmdline: z.string() })),
  samples: z.array(alert),
  timeline: z.array(timelineEntry),
  evidence: z.array(evidence),
  /** Other open incidents of the same container. */
  related: z.array(z.object({ id, rule: z.string(), title: bilingual, priority })),
})

export const incidentPatch = z.object({
  state: incidentState.optional(),
  assignee: z.string().max(200).nullable().optional(),
  comment: z.string().min(1).max(5000).optional(),
})

export const incidentQuery = pageQuery.extend({
  state: listOf(incidentState).optional(),
  priority: listOf(priority).optional(),
  rule: z.string().optional(),
  container: z.string().optional(),
  image: z.string().optional(),
  host: id.optional(),
  /** A user's name; `-` for nobody. */
  assignee: z.string().max(200).optional(),
  since: time.optional(),
  until: time.optional(),
})
export const alertQuery = incidentQuery.omit({ state: true, assignee: true }).extend({ incident: id.optional() })
export const incidentPage = pageOf(incident)
export const alertPage = pageOf(alert)
/** Who may be given an incident: whoever may change one. */
export const assignees = z.array(z.object({ name: z.string(), role: z.enum(['analyst', 'admin']) }))
export type Assignees = z.infer<typeof assignees>
export type AlertRow = z.infer<typeof alert>
export type Incident = z.infer<typeof incident>
export type IncidentDetail = z.infer<typeof incidentDetail>
export type IncidentPatch = z.infer<typeof incidentPatch>
export type IncidentQuery = z.infer<typeof incidentQuery>
export type AlertQuery = z.infer<typeof alertQuery>
