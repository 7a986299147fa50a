import { z } from 'zod'
import { id, listOf, pageOf, pageQuery, time } from './common.ts'

export const jobKind = z.enum([
  'scan_image',
  'scan_host',
  'rejudge',
  'feeds',
  'action',
  'undo',
  'drill',
  'report',
  'rules',
  'logs',
])
export const job = z.object({
  id,
  kind: jobKind,
  /** What it is about: an image's id, a container's … */
  target: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  priority: z.int(),
  attempts: z.int(),
  progress: z.object({ phase: z.string(), done: z.number(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
  createdAt: time,
  startedAt: time.optional(),
  finishedAt: time.optional(),
})
export const jobInput = z.object({
  kind: z.enum(['scan_image', 'scan_host', 'rejudge', 'feeds']),
  target: z.string().max(500).default(''),
})
export const jobQuery = pageQuery.extend({
  kind: listOf(jobKind).optional(),
  state: listOf(job.shape.state).optional(),
})
export const jobPage = pageOf(job)
export type Job = z.infer<typeof job>
export type JobKind = z.infer<typeof jobKind>
export type JobInput = z.infer<typeof jobInput>
export type JobQuery = z.infer<typeof jobQuery>
