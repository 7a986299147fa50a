import { z } from 'zod'
import { actionInput, step } from './actions.ts'
import { id, priority, time } from './common.ts'
import { drillResult } from './drills.ts'
import { host, risk } from './hosts.ts'
import { jobKind } from './jobs.ts'

/**
 * What the agent of a host and the server tell each other. The agent asks, always: over the socket in the state folder, or with a token of scope `agent`. Whatever is
 * sent twice (same id) counts once.
 */
export const hello = host.pick({
  id: true,
  name: true,
  os: true,
  kernel: true,
  cores: true,
  memory: true,
  agentVersion: true,
  runtimes: true,
})

const port = z.object({ containerPort: z.int(), protocol: z.string(), hostIp: z.string(), hostPort: z.int() })
const seenContainer = z.object({
  id,
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  runtime: z.string(),
  state: z.enum(['created', 'running', 'paused', 'exited', 'dead']),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  owner: z.string().optional(),
  service: z.string().optional(),
  user: z.string(),
  privileged: z.boolean(),
  ports: z.array(port),
  mounts: z.array(z.object({ source: z.string(), destination: z.string(), writable: z.boolean(), type: z.string() })),
  risks: z.array(risk),
  /** Steps of response in force. */
  actions: z.array(z.string()),
})
const seenImage = z.object({
  id,
  names: z.array(z.string()),
  digests: z.array(z.string()),
  size: z.number(),
  createdAt: z.string().optional(),
})
/** All that the host has now, whole: what is missing is gone. */
export const snapshot = z.object({
  hostId: id,
  containers: z.array(seenContainer),
  images: z.array(seenImage),
  risks: z.array(risk),
  sensor: host.shape.sensor.omit({ coverage: true }),
})

const alertForm = z.object({
  time: z.string(),
  rule: z.string(),
  priority,
  source: z.string(),
  output: z.string(),
  output_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hostname: z.string(),
  tags: z.array(z.string()),
  container: z
    .object({ id, name: z.string(), image: z.string(), imageId: z.string(), composeService: z.string().optional() })
    .optional(),
})
/** Alerts in order, masked; the agent's number makes each unique. */
export const alertBatch = z.object({
  hostId: id,
  items: z
    .array(
      z.object({
        id,
        alert: alertForm,
        /** The agent's incident, and how its group is called. */
        incident: id,
        workload: z.string(),
        lineage: z.array(z.object({ pid: z.int(), comm: z.string(), cmdline: z.string() })),
      }),
    )
    .max(5000),
  /** Alerts that a flood guard counted instead. */
  held: z.array(z.object({ incident: id, count: z.int() })),
})

/** Files of images that processes opened or mapped, first time each; `watchedSince` is when the sensor began to look at the container. */
export const loadedBatch = z.object({
  hostId: id,
  items: z
    .array(
      z.object({
        containerId: id,
        imageId: z.string(),
        watchedSince: time,
        paths: z.array(z.string().max(4096)).max(10_000),
      }),
    )
    .max(1000),
})

export const eventBatch = z.object({
  hostId: id,
  items: z
    .array(
      z.object({
        id,
        time: z.string(),
        kind: z.enum(['container', 'image', 'sensor', 'action']),
        name: z.string(),
        containerId: z.string(),
        container: z.string(),
        text: z.string(),
      }),
    )
    .max(5000),
})

export const logBatch = z.object({
  hostId: id,
  items: z
    .array(
      z.object({
        id,
        time: z.string(),
        containerId: id,
        container: z.string(),
        stream: z.enum(['stdout', 'stderr']),
        text: z.string(),
      }),
    )
    .max(10_000),
})

/** Steps that the agent's playbooks took. `incident` is the agent's name of it, as with alerts. */
export const deedBatch = z.object({
  hostId: id,
  items: z
    .array(
      z.object({
        id,
        step,
        containerId: z.string().max(200),
        container: z.string(),
        incident: z.string().max(200),
        dryRun: z.boolean(),
        state: z.enum(['active', 'done', 'failed', 'refused']),
        undoable: z.boolean(),
        reason: z.string(),
        by: z.string().max(300),
        time: z.string(),
        until: time.optional(),
        detail: z.string(),
        milliseconds: z.number().optional(),
      }),
    )
    .max(1000),
})

/** Asks for work; answers when there is some, or after `wait` seconds without. */
export const leaseInput = z.object({ hostId: id, kinds: z.array(jobKind), wait: z.number().min(0).max(60) })
export const lease = z.object({
  id,
  kind: jobKind,
  target: z.string(),
  /** For `action`: what was asked for; for `undo`: the action's id; for `drill`: the scenarios; for `rules`: none. */
  data: z.record(z.string(), z.unknown()),
  /** To be renewed by progress before this. */
  until: time,
})
export const leaseAnswer = z.object({ job: lease.optional() })
export const jobProgress = z.object({ phase: z.string().max(100), done: z.number(), total: z.number().optional() })
/** `scan_*`: an `Inventory` as JSON (src/base/model/inventory.ts); `action`: how it went; `drill`: its rows. */
export const jobDone = z.object({
  inventory: z.unknown().optional(),
  action: z
    .object({
      state: z.enum(['active', 'done', 'undone', 'failed', 'refused']),
      detail: z.string(),
      undoable: z.boolean(),
      until: time.optional(),
      milliseconds: z.number().optional(),
      ref: z.string().optional(),
    })
    .optional(),
  drill: z.array(drillResult).optional(),
})
export const jobFailed = z.object({ error: z.string().max(5000), retry: z.boolean() })

/** What the agent runs by: asked for after each `rules` job and at start. */
export const agentConfig = z.object({
  /** Names of rules that are turned off. */
  disabled: z.array(z.string()),
  /** Falco-format YAML that is loaded behind the library: exceptions, the user's own rules. */
  rules: z.string(),
  drift: z.enum(['observe', 'alert', 'block']),
  protected: z.array(z.string()),
  playbooks: z.string(),
  scanners: z.array(z.string()),
  followLogs: z.boolean(),
  maskLogs: z.boolean().default(true),
})

export { actionInput }
export type Hello = z.infer<typeof hello>
export type Snapshot = z.infer<typeof snapshot>
export type AlertBatch = z.infer<typeof alertBatch>
export type LoadedBatch = z.infer<typeof loadedBatch>
export type EventBatch = z.infer<typeof eventBatch>
export type DeedBatch = z.infer<typeof deedBatch>
export type LogBatch = z.infer<typeof logBatch>
export type Lease = z.infer<typeof lease>
export type LeaseInput = z.infer<typeof leaseInput>
export type JobProgress = z.infer<typeof jobProgress>
export type JobDone = z.infer<typeof jobDone>
export type AgentConfig = z.infer<typeof agentConfig>
