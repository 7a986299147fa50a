import { z } from 'zod'
import { bilingual, id, pageOf, pageQuery, priority, time } from './common.ts'

/** Values that are all fulfilled: `proc.name in (curl, wget)` and … */
export const ruleException = z.object({
  id,
  rule: z.string(),
  name: z.string().max(100),
  fields: z
    .array(
      z.object({
        field: z.string().max(100),
        operator: z.enum(['=', '!=', 'in', 'startswith', 'endswith', 'contains', 'glob', 'pmatch']),
        value: z.array(z.string().max(1000)).min(1).max(200),
      }),
    )
    .min(1)
    .max(10),
  comment: z.string().max(2000),
  createdBy: z.string(),
  createdAt: time,
})
export const ruleExceptionInput = ruleException.omit({ id: true, createdBy: true, createdAt: true })

export const rule = z.object({
  name: z.string(),
  source: z.string(),
  /** `library` is ours, shipped; `custom` from a file of the user. */
  origin: z.enum(['library', 'custom']),
  area: z.string(),
  priority,
  enabled: z.boolean(),
  /** Its name for people; as it is where the rule is not ours. */
  title: bilingual,
  description: bilingual,
  tags: z.array(z.string()),
  techniques: z.array(z.string()),
  condition: z.string(),
  output: z.string(),
  /** Alerts of the last day and the last seven. */
  hitsDay: z.int(),
  hitsWeek: z.int(),
  exceptions: z.array(ruleException),
})

/** What an exception would have hidden of the alerts that are stored. */
export const backtest = z.object({
  alerts: z.int(),
  hidden: z.int(),
  /** Whole incidents that would not have been. */
  incidents: z.int(),
  since: time,
  samples: z.array(z.object({ id, time, output: z.string() })),
})
export const rulePatch = z.object({ enabled: z.boolean() })
export const ruleQuery = pageQuery.extend({
  area: z.string().optional(),
  enabled: z.stringbool().optional(),
  priority: priority.optional(),
  fired: z.stringbool().optional(),
})
export const rulePage = pageOf(rule)
export type Rule = z.infer<typeof rule>
export type RuleException = z.infer<typeof ruleException>
export type RuleExceptionInput = z.infer<typeof ruleExceptionInput>
export type Backtest = z.infer<typeof backtest>
export type RuleQuery = z.infer<typeof ruleQuery>
