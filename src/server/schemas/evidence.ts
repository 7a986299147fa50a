import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

/** A file of evidence: a tar with a manifest, as `src/runtime/respond/evidence` makes it. */
export const evidence = z.object({
  id,
  incidentId: id.optional(),
  actionId: id.optional(),
  hostId: z.string(),
  host: z.string(),
  containerId: z.string(),
  container: z.string(),
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  createdAt: time,
  /** A user's name, or `playbook:NAME`. */
  madeBy: z.string(),
  /** `receiving`: on its way from the host; `whole`: here, its hash proved; `referred`: on its host alone; `expired`: the file was taken out, the row stays. */
  state: z.enum(['receiving', 'whole', 'referred', 'expired']),
  received: z.number(),
})

/** What stands in the file, as far as it is shown: lists are cut, `total` says how long they are. */
export const evidenceContents = z.object({
  createdAt: z.string(),
  /** What could not be taken, and why. */
  missing: z.array(z.object({ what: z.string(), why: z.string() })),
  members: z.object({
    total: z.int(),
    items: z.array(
      z.object({
        name: z.string(),
        size: z.number(),
        sha256: z.string(),
        path: z.string().optional(),
        ok: z.boolean(),
      }),
    ),
  }),
  processes: z.object({
    total: z.int(),
    items: z.array(
      z.object({
        pid: z.int(),
        ppid: z.int(),
        vpid: z.int(),
        comm: z.string(),
        exe: z.string(),
        cwd: z.string(),
        cmdline: z.string(),
        uid: z.int(),
        capabilities: z.string(),
        files: z.array(z.string()),
        fileCount: z.int(),
      }),
    ),
  }),
  sockets: z.object({
    total: z.int(),
    items: z.array(
      z.object({
        protocol: z.string(),
        local: z.string(),
        remote: z.string(),
        state: z.string(),
        pids: z.array(z.int()),
      }),
    ),
  }),
  events: z.object({ total: z.int(), items: z.array(z.string()) }),
})

export const evidenceDetail = evidence.extend({ contents: evidenceContents.optional() })
export const evidenceQuery = pageQuery.extend({
  incident: id.optional(),
  container: z.string().optional(),
  host: id.optional(),
})
export const evidencePage = pageOf(evidence)

/** An agent says what it will hand over. `key` is its own name of it: told twice, it is one. */
export const evidenceOffer = z.object({
  hostId: id,
  key: id,
  actionId: z.string().max(200).default(''),
  /** The agent's name of its incident; '' for what a person asked for. */
  incident: z.string().max(200).default(''),
  containerId: z.string().max(200),
  container: z.string().max(300),
  name: z.string().regex(/^[\w-]{1,200}\.tar$/),
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  madeBy: z.string().max(200),
  createdAt: time,
})
/** `received` bytes are here already: go on behind them. */
export const evidenceAnswer = z.object({ id, received: z.int(), whole: z.boolean() })
export const evidenceOffset = z.object({ offset: z.coerce.number().int().min(0) })

export type Evidence = z.infer<typeof evidence>
export type EvidenceContents = z.infer<typeof evidenceContents>
export type EvidenceDetail = z.infer<typeof evidenceDetail>
export type EvidenceOffer = z.infer<typeof evidenceOffer>
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>
