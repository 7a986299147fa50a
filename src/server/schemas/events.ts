import { z } from 'zod'
import { id, listOf, pageOf, pageQuery, time } from './common.ts'

/** Something that happened to what is watched or to the platform: a container started, an image was scanned, a feed shrank. */
export const event = z.object({
  id,
  time,
  kind: z.enum(['container', 'image', 'scan', 'sensor', 'feed', 'action', 'drill', 'platform', 'log']),
  /** `started`, `stopped`, `finished`, `failed` … */
  name: z.string(),
  hostId: z.string(),
  containerId: z.string(),
  container: z.string(),
  text: z.string(),
})
export const eventQuery = pageQuery.extend({
  kind: listOf(event.shape.kind).optional(),
  container: z.string().optional(),
  host: id.optional(),
  since: time.optional(),
  until: time.optional(),
})
export const eventPage = pageOf(event)
export type EventRow = z.infer<typeof event>
export type EventQuery = z.infer<typeof eventQuery>

/** What `GET /api/v1/stream` sends: `event:` is `type`, `data:` this as JSON. Clients fetch again what it names. */
export const liveEvent = z.object({
  type: z.enum([
    'incident',
    'alert',
    'container',
    'image',
    'job',
    'action',
    'decision',
    'drill',
    'host',
    'health',
    'report',
  ]),
  id: z.string(),
})
export type LiveEvent = z.infer<typeof liveEvent>
