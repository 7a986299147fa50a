import { z } from 'zod'
import { priorities } from '../../base/model/priority.ts'

/** ISO 8601, UTC. */
export const time = z.iso.datetime({ offset: true })
/** Sortable by time of creation; opaque to clients. */
export const id = z.string().min(1).max(200)
export const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'])
export const priority = z.enum(priorities)
/** A sentence in both languages. */
export const bilingual = z.object({ en: z.string(), ko: z.string() })
export const severityCounts = z.object({
  CRITICAL: z.int(),
  HIGH: z.int(),
  MEDIUM: z.int(),
  LOW: z.int(),
  UNKNOWN: z.int(),
})
/** Whether a package's files are opened or mapped by a running process. `unknown` where nobody watched: it is not "no". */
export const inUse = z.enum(['yes', 'no', 'unknown'])

/** Query of every list. `cursor` is the `next` of the page before; `sort` is a field of the item, `-` in front for downwards. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  sort: z.string().max(40).optional(),
  q: z.string().max(200).optional(),
})

/** One page. `total` counts what the filter matches, capped at 10,000 where counting more would cost. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional(), total: z.int().optional() })
}

/** RFC 9457, `code` is ours. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  /** What is wrong with which field of the request. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

/** Several values, comma-separated: `severity=HIGH,CRITICAL`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(value => (typeof value === 'string' ? value.split(',').filter(Boolean) : value), z.array(item))
}

export type Severity = z.infer<typeof severity>
export type SeverityCounts = z.infer<typeof severityCounts>
export type Bilingual = z.infer<typeof bilingual>
export type PageQuery = z.infer<typeof pageQuery>
export type Problem = z.infer<typeof problem>
export interface Page<T> {
  items: T[]
  next?: string
  total?: number
}
