import { z } from 'zod'
import { bilingual, id, priority, severity, severityCounts, time } from './common.ts'

/** Is the guard itself healthy? */
export const part = z.object({
  name: z.enum(['server', 'database', 'agent', 'sensor', 'docker', 'advisories', 'outputs', 'disk']),
  state: z.enum(['ok', 'degraded', 'failed', 'off']),
  detail: bilingual,
})
export const health = z.object({
  version: z.string(),
  startedAt: time,
  parts: z.array(part),
  advisories: z.object({
    builtAt: time.optional(),
    ageHours: z.number().optional(),
    starter: z.boolean(),
    sources: z.array(z.object({ id: z.string(), name: z.string(), records: z.int(), date: z.string().optional() })),
  }),
  jobs: z.object({ queued: z.int(), running: z.int(), failed: z.int() }),
  store: z.object({ kind: z.enum(['sqlite', 'postgresql']), bytes: z.number(), alerts: z.int(), events: z.int() }),
  memory: z.number(),
})

/** What changed since yesterday, and what must be done first? */
export const today = z.object({
  since: time,
  counts: z.object({
    containers: z.int(),
    images: z.int(),
    openIncidents: z.int(),
    newFindings: z.int(),
    kevInUse: z.int(),
    expiringDecisions: z.int(),
    blindSpots: z.int(),
  }),
  vulnerabilities: severityCounts,
  /** Most important first. */
  items: z.array(
    z.object({
      kind: z.enum([
        'incident',
        'vulnerability',
        'secret',
        'malware',
        'risk',
        'decision',
        'blind_spot',
        'feed',
        'drill',
        'job',
      ]),
      /** The id of what it is about: an incident's, a flaw's, a container's … */
      ref: z.string(),
      severity,
      title: bilingual,
      detail: bilingual,
      owner: z.string().optional(),
      at: time,
      /** What the one button does: go there, or do it. */
      action: z.enum(['open', 'scan', 'update_feeds', 'run_drill', 'decide']),
    }),
  ),
  fixes: z.array(
    z.object({
      title: bilingual,
      imageId: id.optional(),
      image: z.string().optional(),
      containerId: id.optional(),
      removes: z.int(),
      worst: severity,
      diff: z.string(),
    }),
  ),
  incidents: z.array(
    z.object({ id, rule: z.string(), title: bilingual, priority, container: z.string(), count: z.int(), last: time }),
  ),
  /** The last fourteen days. */
  trend: z.array(z.object({ day: z.string(), alerts: z.int(), incidents: z.int(), findings: z.int() })),
})
export type Health = z.infer<typeof health>
export type Today = z.infer<typeof today>
