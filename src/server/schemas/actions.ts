import { z } from 'zod'
import { id, listOf, pageOf, pageQuery, time } from './common.ts'

/** The ladder of response: `src/runtime/respond`. */
export const step = z.enum(['observe', 'evidence', 'isolate', 'pause', 'stop', 'kill'])
export const actionInput = z.object({
  step,
  containerId: id,
  incidentId: id.optional(),
  /** Seconds after which it is undone by itself. */
  seconds: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .optional(),
  /** Tells what would be done. */
  dryRun: z.boolean().default(false),
  reason: z.string().max(2000).default(''),
})
export const action = z.object({
  id,
  step,
  containerId: id,
  container: z.string(),
  hostId: id,
  incidentId: id.optional(),
  dryRun: z.boolean(),
  /** `active`: done and in force; `undone`: taken back. */
  state: z.enum(['requested', 'running', 'active', 'done', 'undone', 'failed', 'refused']),
  undoable: z.boolean(),
  reason: z.string(),
  /** A user's name, or `playbook:NAME`. */
  requestedBy: z.string(),
  createdAt: time,
  doneAt: time.optional(),
  until: time.optional(),
  /** What was done, would be done, or why not. */
  detail: z.string(),
  milliseconds: z.number().optional(),
})
export const actionQuery = pageQuery.extend({
  state: listOf(action.shape.state).optional(),
  container: z.string().optional(),
  incident: id.optional(),
})
export const actionPage = pageOf(action)
export type Action = z.infer<typeof action>
export type ActionInput = z.infer<typeof actionInput>
export type ActionQuery = z.infer<typeof actionQuery>
