import { z } from 'zod'
import { id, inUse, listOf, pageOf, pageQuery, severity, time } from './common.ts'

const kev = z.object({ dateAdded: z.string(), dueDate: z.string().optional(), ransomware: z.boolean() })
const epss = z.object({ score: z.number(), percentile: z.number(), date: z.string() })

/** One flaw over all that is stored, ranked: which fix removes most risk? */
export const vulnerability = z.object({
  id,
  aliases: z.array(z.string()),
  severity,
  title: z.string(),
  url: z.string().optional(),
  cvss: z.number().optional(),
  epss: epss.optional(),
  kev: kev.optional(),
  packages: z.array(
    z.object({ name: z.string(), ecosystem: z.string(), installed: z.array(z.string()), fixed: z.string().optional() }),
  ),
  images: z.int(),
  running: z.int(),
  inUse,
  exposed: z.boolean(),
  /** 1 comes first. */
  rank: z.number(),
  /** i18n-free codes with numbers: `kev`, `ransomware`, `loaded`, `exposed`, `privileged`, `epss:0.94`, `cvss:9.8`, `fix`. */
  reasons: z.array(z.string()),
  firstSeen: time,
  /** `decided`: every finding of it is under a decision in force. */
  state: z.enum(['open', 'decided']),
})

/** One thing wrong with one image: a flaw in a package, a secret, malware, a licence. */
export const finding = z.object({
  id,
  kind: z.enum(['vulnerability', 'secret', 'malware', 'license']),
  /** The flaw's or the rule's id. */
  name: z.string(),
  severity,
  title: z.string(),
  imageId: id,
  image: z.string(),
  package: z.string().optional(),
  purl: z.string().optional(),
  installed: z.string().optional(),
  fixed: z.string().optional(),
  status: z.string(),
  path: z.string().optional(),
  layer: z.string().optional(),
  inUse,
  exposed: z.boolean(),
  running: z.int(),
  rank: z.number(),
  reasons: z.array(z.string()),
  firstSeen: time,
  decision: id.optional(),
  /** Advisory, range and comparison, or the masked match of a secret. */
  evidence: z.string(),
  fromBase: z.boolean().optional(),
})

export const vulnerabilityQuery = pageQuery.extend({
  severity: listOf(severity).optional(),
  kev: z.stringbool().optional(),
  inUse: inUse.optional(),
  exposed: z.stringbool().optional(),
  fixable: z.stringbool().optional(),
  running: z.stringbool().optional(),
  state: vulnerability.shape.state.optional(),
  image: id.optional(),
  package: z.string().optional(),
  /** First seen at or after. */
  since: time.optional(),
})
export const findingQuery = vulnerabilityQuery.extend({
  kind: listOf(finding.shape.kind).optional(),
  name: z.string().optional(),
})
export const vulnerabilityDetail = vulnerability.extend({
  description: z.string(),
  references: z.array(z.string()),
  findings: z.array(finding),
})
export const vulnerabilityPage = pageOf(vulnerability)
export const findingPage = pageOf(finding)
export type Vulnerability = z.infer<typeof vulnerability>
export type VulnerabilityDetail = z.infer<typeof vulnerabilityDetail>
export type VulnerabilityQuery = z.infer<typeof vulnerabilityQuery>
export type Finding = z.infer<typeof finding>
export type FindingQuery = z.infer<typeof findingQuery>
