import { z } from 'zod'
import { bilingual, id, pageOf, pageQuery, severity, time } from './common.ts'

/** Something risky in how a container, its daemon or its host is set up, with what to change. */
export const risk = z.object({
  /** `privileged`, `docker-socket`, `writable-root` … */
  id: z.string(),
  severity,
  title: bilingual,
  why: bilingual,
  /** A unified diff of a compose file, a `docker run` line, `daemon.json` or a sysctl. */
  fix: z.object({ kind: z.enum(['compose', 'run', 'daemon', 'host']), diff: z.string() }).optional(),
})

export const host = z.object({
  id,
  name: z.string(),
  os: z.string(),
  kernel: z.string(),
  cores: z.int(),
  memory: z.number(),
  agentVersion: z.string(),
  state: z.enum(['online', 'offline']),
  firstSeen: time,
  lastSeen: time,
  runtimes: z.array(
    z.object({ name: z.string(), version: z.string(), connected: z.boolean(), reason: z.string().optional() }),
  ),
  sensor: z.object({
    state: z.enum(['running', 'off', 'failed', 'unsupported']),
    reason: z.string().optional(),
    /** Detections that this kernel cannot give. */
    losses: z.array(z.object({ what: z.string(), why: z.string() })),
    produced: z.number(),
    filtered: z.number(),
    judged: z.number(),
    lost: z.number(),
    /** Per cent of the events of the last hour that were judged or filtered on purpose; undefined before the first hour ended. */
    coverage: z.number().optional(),
  }),
  containers: z.int(),
  images: z.int(),
  risks: z.array(risk),
})

export const hostQuery = pageQuery.extend({ state: z.enum(['online', 'offline']).optional() })
export const hostPage = pageOf(host)
export type Host = z.infer<typeof host>
export type Risk = z.infer<typeof risk>
export type HostQuery = z.infer<typeof hostQuery>
