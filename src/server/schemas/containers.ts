import { z } from 'zod'
import { id, listOf, pageOf, pageQuery, severity, severityCounts, time } from './common.ts'
import { risk } from './hosts.ts'

export const port = z.object({
  containerPort: z.int(),
  protocol: z.string(),
  hostIp: z.string(),
  hostPort: z.int(),
  /** Published on an address other than loopback. */
  exposed: z.boolean(),
})

export const container = z.object({
  id,
  hostId: id,
  host: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  runtime: z.string(),
  state: z.enum(['created', 'running', 'paused', 'exited', 'dead', 'gone']),
  createdAt: time,
  startedAt: time.optional(),
  /** The compose project, or the label `owner`/`maintainer`; who to ask. */
  owner: z.string().optional(),
  service: z.string().optional(),
  user: z.string(),
  privileged: z.boolean(),
  ports: z.array(port),
  mounts: z.array(z.object({ source: z.string(), destination: z.string(), writable: z.boolean(), type: z.string() })),
  risks: z.array(risk),
  /** The worst of its risks. */
  risk: severity.optional(),
  vulnerabilities: severityCounts.optional(),
  openIncidents: z.int(),
  /** Steps in force: isolated, paused … */
  actions: z.array(z.string()),
  /** Days since its image was built. */
  imageAge: z.int().optional(),
})

export const containerQuery = pageQuery.extend({
  state: listOf(container.shape.state).optional(),
  host: id.optional(),
  image: z.string().optional(),
  owner: z.string().optional(),
  /** A risk's id. */
  risk: z.string().optional(),
  exposed: z.stringbool().optional(),
})
export const containerPage = pageOf(container)
export type Container = z.infer<typeof container>
export type ContainerQuery = z.infer<typeof containerQuery>
