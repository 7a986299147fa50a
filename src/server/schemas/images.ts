import { z } from 'zod'
import { id, inUse, listOf, pageOf, pageQuery, severity, severityCounts, time } from './common.ts'

export const image = z.object({
  /** `sha256:…` of the image's configuration. */
  id,
  names: z.array(z.string()),
  digests: z.array(z.string()),
  os: z.string().optional(),
  osEndOfLife: z.boolean().optional(),
  size: z.number(),
  createdAt: time.optional(),
  layers: z.int(),
  packages: z.int(),
  scan: z.object({
    state: z.enum(['none', 'queued', 'running', 'done', 'failed']),
    at: time.optional(),
    error: z.string().optional(),
    /** What could not be read or judged: with any of it an image is never called clean. */
    incomplete: z.array(z.object({ path: z.string(), reason: z.string(), code: z.string() })),
  }),
  vulnerabilities: severityCounts,
  secrets: z.int(),
  malware: z.int(),
  /** Containers of it that run now. */
  running: z.int(),
  base: z.object({ name: z.string(), how: z.string() }).optional(),
})

export const imageLayer = z.object({
  diffId: z.string(),
  digest: z.string().optional(),
  size: z.number(),
  createdBy: z.string().optional(),
  packages: z.int(),
  vulnerabilities: severityCounts,
  fromBase: z.boolean().optional(),
})

/** One change that removes findings: an upgraded package, a newer base. */
export const fix = z.object({
  package: z.string(),
  from: z.string(),
  to: z.string(),
  removes: z.int(),
  worst: severity,
  /** Dockerfile or compose diff, or the command. */
  diff: z.string(),
})

export const imageDetail = image.extend({
  layersList: z.array(imageLayer),
  fixes: z.array(fix),
  /** The image that had one of its names before. */
  previous: id.optional(),
  containers: z.array(z.object({ id, name: z.string(), state: z.string() })),
})

export const imageDiff = z.object({
  from: id,
  to: id,
  packages: z.array(z.object({ name: z.string(), before: z.string().optional(), after: z.string().optional() })),
  added: z.array(z.object({ id: z.string(), package: z.string(), severity })),
  removed: z.array(z.object({ id: z.string(), package: z.string(), severity })),
})

export const imagePackage = z.object({
  purl: z.string(),
  name: z.string(),
  version: z.string(),
  ecosystem: z.string(),
  path: z.string().optional(),
  layer: z.string().optional(),
  licenses: z.array(z.string()),
  inUse,
  vulnerabilities: severityCounts,
  images: z.int(),
})

export const imageQuery = pageQuery.extend({
  running: z.stringbool().optional(),
  state: listOf(image.shape.scan.shape.state).optional(),
  severity: listOf(severity).optional(),
})
export const packageQuery = pageQuery.extend({
  image: id.optional(),
  ecosystem: z.string().optional(),
  inUse: inUse.optional(),
})
export const imagePage = pageOf(image)
export const packagePage = pageOf(imagePackage)
export type Image = z.infer<typeof image>
export type ImageDetail = z.infer<typeof imageDetail>
export type ImageLayer = z.infer<typeof imageLayer>
export type ImageDiff = z.infer<typeof imageDiff>
export type ImagePackage = z.infer<typeof imagePackage>
export type Fix = z.infer<typeof fix>
export type ImageQuery = z.infer<typeof imageQuery>
export type PackageQuery = z.infer<typeof packageQuery>
