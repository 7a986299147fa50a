import { z } from 'zod'
import { id, pageOf, pageQuery, priority, time } from './common.ts'

export const outputKind = z.enum([
  'webhook',
  'slack',
  'teams',
  'email',
  'syslog',
  'elasticsearch',
  'splunk',
  'loki',
  'otlp',
  'alertmanager',
  'file',
])
export const outputInput = z.object({
  kind: outputKind,
  name: z.string().min(1).max(100),
  enabled: z.boolean().default(true),
  minimum: priority.default('Warning'),
  /** As `GET /api/v1/outputs/kinds` describes it; a secret that is left out stays as it is. */
  config: z.record(z.string(), z.unknown()),
})
export const output = z.object({
  id,
  kind: outputKind,
  name: z.string(),
  enabled: z.boolean(),
  minimum: priority,
  /** Without secrets: those are told as `true` when set. */
  config: z.record(z.string(), z.unknown()),
  delivered: z.int(),
  failed: z.int(),
  pending: z.int(),
  dead: z.int(),
  lastDelivered: time.optional(),
  lastError: z.string().optional(),
})
/** How the settings of a kind are asked for. */
export const outputField = z.object({
  key: z.string(),
  type: z.enum(['text', 'url', 'number', 'boolean', 'secret', 'template', 'choice']),
  required: z.boolean(),
  choices: z.array(z.string()).optional(),
  example: z.string().optional(),
})
export const outputKinds = z.array(z.object({ kind: outputKind, fields: z.array(outputField) }))
export const outputTested = z.object({ delivered: z.boolean(), milliseconds: z.number(), error: z.string().optional() })
export const outputPage = pageOf(output)
export const outputQuery = pageQuery
export type OutputKind = z.infer<typeof outputKind>
export type OutputInput = z.infer<typeof outputInput>
export type Output = z.infer<typeof output>
export type OutputField = z.infer<typeof outputField>
