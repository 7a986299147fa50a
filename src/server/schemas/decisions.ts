import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

/** What a decision is about. All that is given must fit; `*` stands for any text within a value. At least one of vulnerability, package or rule. */
export const scope = z.object({
  vulnerability: z.string().max(200).optional(),
  package: z.string().max(300).optional(),
  image: z.string().max(300).optional(),
  workload: z.string().max(300).optional(),
  /** A runtime rule, a secret's or malware's rule. */
  rule: z.string().max(200).optional(),
})

export const decisionStatus = z.enum(['fixing', 'accepted', 'false_positive', 'not_affected'])
/** VEX: https://github.com/openvex/spec, status justifications. */
export const justification = z.enum([
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
])

export const decisionInput = z
  .object({
    scope,
    status: decisionStatus,
    justification: justification.optional(),
    owner: z.string().min(1).max(200),
    /** An accepted risk must end. */
    expires: time.optional(),
    comment: z.string().max(5000).default(''),
  })
  .refine(({ scope }) => Boolean(scope.vulnerability ?? scope.package ?? scope.rule), {
    path: ['scope'],
    error: 'scope_empty',
  })
  .refine(({ status, expires }) => status !== 'accepted' || expires !== undefined, {
    path: ['expires'],
    error: 'expiry_needed',
  })
  .refine(({ status, justification }) => status !== 'not_affected' || justification !== undefined, {
    path: ['justification'],
    error: 'justification_needed',
  })

export const decision = z.object({
  id,
  scope,
  status: decisionStatus,
  justification: justification.optional(),
  owner: z.string(),
  expires: time.optional(),
  comment: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
  /** Where it came from: `console`, `.trivyignore`, `openvex` … */
  source: z.string(),
  /** Findings that it covers now. */
  matches: z.int(),
})

/** What somebody changed of it, field by field; nothing in `from` where it was not there before. */
export const decisionChange = z.object({
  time,
  actor: z.string(),
  what: z.enum(['changed', 'revoked', 'expired']),
  fields: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
})
export const decisionDetail = decision.extend({ history: z.array(decisionChange) })

export const decisionPreview = z.object({
  matches: z.int(),
  images: z.int(),
  samples: z.array(
    z.object({ name: z.string(), package: z.string().optional(), image: z.string(), severity: z.string() }),
  ),
})
export const decisionImport = z.object({
  format: z.enum(['trivyignore', 'openvex']),
  text: z.string().max(5_000_000),
  owner: z.string().max(200),
})
export const decisionImported = z.object({
  created: z.int(),
  skipped: z.array(z.object({ what: z.string(), why: z.string() })),
})

export const decisionQuery = pageQuery.extend({
  state: decision.shape.state.optional(),
  status: decisionStatus.optional(),
  owner: z.string().optional(),
  /** Ends within so many days. */
  expiring: z.coerce.number().int().min(0).max(3650).optional(),
})
export const decisionPage = pageOf(decision)
export type Scope = z.infer<typeof scope>
export type Decision = z.infer<typeof decision>
export type DecisionChange = z.infer<typeof decisionChange>
export type DecisionDetail = z.infer<typeof decisionDetail>
export type DecisionInput = z.infer<typeof decisionInput>
export type DecisionPreview = z.infer<typeof decisionPreview>
export type DecisionQuery = z.infer<typeof decisionQuery>
