import { z } from 'zod'

/** What the platform is told by its keepers; every key has a default. */
export const settings = z.object({
  retentionDays: z.object({
    alerts: z.int().min(1).max(3650),
    events: z.int().min(1).max(3650),
    audit: z.int().min(30).max(3650),
    logs: z.int().min(1).max(3650),
    evidence: z.int().min(1).max(3650).default(400),
  }),
  scan: z.object({
    onSight: z.boolean(),
    scanners: z.array(z.enum(['vuln', 'secret', 'malware', 'license'])),
    nightly: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  feeds: z.object({ offline: z.boolean(), everyHours: z.int().min(1).max(720) }),
  drift: z.enum(['observe', 'alert', 'block']),
  /** `rules`: Sigma rules over lines, a YAML document each. */
  logs: z.object({ follow: z.boolean(), mask: z.boolean(), rules: z.string().max(200_000).default('') }),
  /** Names or images that no response touches; `*` stands for any text. */
  protected: z.array(z.string().max(300)).max(200),
  /** Days until a flaw must be fixed, by severity. */
  sla: z.object({ CRITICAL: z.int(), HIGH: z.int(), MEDIUM: z.int(), LOW: z.int() }),
  clocks: z.object({ intrusionHours: z.int(), leakHours: z.int() }),
  playbooks: z.string().max(100_000),
  oidc: z.object({
    enabled: z.boolean(),
    name: z.string().max(60),
    issuer: z.string().max(500),
    clientId: z.string().max(200),
    roleClaim: z.string().max(100),
    roles: z.record(z.string(), z.enum(['viewer', 'analyst', 'admin'])),
  }),
})
export const settingsPatch = settings.partial().extend({ oidcSecret: z.string().max(500).optional() })
export type Settings = z.infer<typeof settings>
