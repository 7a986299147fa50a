import { z } from 'zod'
import { bilingual, id, pageOf, pageQuery, time } from './common.ts'

export const scenario = z.object({
  id,
  title: bilingual,
  area: z.string(),
  technique: z.string(),
  rule: z.string(),
  blocks: z.boolean(),
})
export const drillResult = z.object({
  id,
  technique: z.string(),
  rule: z.string(),
  detected: z.boolean(),
  milliseconds: z.number().optional(),
  blocked: z.boolean().optional(),
  cleanedUp: z.boolean(),
  problem: z.string().optional(),
})
export const drill = z.object({
  id,
  hostId: id,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  requestedBy: z.string(),
  createdAt: time,
  finishedAt: time.optional(),
  total: z.int(),
  detected: z.int(),
  results: z.array(drillResult),
  error: z.string().optional(),
  /** `command`: started on the command line of a host, beside the platform. */
  origin: z.enum(['console', 'command']),
})
export const drillInput = z.object({ scenarios: z.array(id).max(200).optional(), hostId: id.optional() })
/** A drill that somebody runs on a host by the command; told over the socket alone. */
export const drillBeside = z.object({
  hostId: id,
  by: z.string().min(1).max(100),
  scenarios: z.array(id).min(1).max(200),
})
export const drillBesideDone = z.object({
  results: z.array(drillResult).max(200),
  error: z.string().max(2000).optional(),
})
export const drillQuery = pageQuery
export const drillPage = pageOf(drill)
export type Scenario = z.infer<typeof scenario>
export type Drill = z.infer<typeof drill>
export type DrillResult = z.infer<typeof drillResult>
export type DrillInput = z.infer<typeof drillInput>
export type DrillBeside = z.infer<typeof drillBeside>
export type DrillBesideDone = z.infer<typeof drillBesideDone>
