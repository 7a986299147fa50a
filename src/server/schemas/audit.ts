import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

/** Who did what. Each row holds the hash of the one before it. */
export const auditRow = z.object({
  id,
  time,
  actor: z.string(),
  /** Where from: an address, or `socket`. */
  from: z.string(),
  /** `login`, `decision.create`, `action.isolate` … */
  action: z.string(),
  target: z.string(),
  detail: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  hash: z.string(),
})
export const auditVerified = z.object({ rows: z.int(), ok: z.boolean(), brokenAt: id.optional(), head: z.string() })
export const auditQuery = pageQuery.extend({
  actor: z.string().optional(),
  action: z.string().optional(),
  since: time.optional(),
  until: time.optional(),
})
export const auditPage = pageOf(auditRow)
export type AuditRow = z.infer<typeof auditRow>
export type AuditVerified = z.infer<typeof auditVerified>
export type AuditQuery = z.infer<typeof auditQuery>
