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
})
export const drillInput = z.object({ scenarios: z.array(id).max(200).optional(), hostId: id.optional() })
export const drillQuery = pageQuery
export const drillPage = pageOf(drill)
export type Scenario = z.infer<typeof scenario>
export type Drill = z.infer<typeof drill>
export type DrillResult = z.infer<typeof drillResult>
export type DrillInput = z.infer<typeof drillInput>
