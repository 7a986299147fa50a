import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

/** One line of a container's stdout or stderr, masked. */
export const logLine = z.object({
  id,
  time,
  hostId: id,
  containerId: id,
  container: z.string(),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
})
export const logQuery = pageQuery.extend({
  container: z.string().optional(),
  stream: logLine.shape.stream.optional(),
  since: time.optional(),
  until: time.optional(),
  /** Lines before and after each hit. */
  context: z.coerce.number().int().min(0).max(50).default(0),
})
export const logPage = pageOf(logLine)
export type LogLine = z.infer<typeof logLine>
export type LogQuery = z.infer<typeof logQuery>
