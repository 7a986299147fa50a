import { createHash } from 'node:crypto'
import type { Report } from '../../base/model/report.ts'

/** A UUID that says the same for the same report: name, time and image decide it (RFC 9562, version 8 over SHA-256). */
export function reportUuid(report: Report): string {
  const text = [report.ArtifactName, report.CreatedAt, report.Metadata.ImageID ?? ''].join('\n')
  return uuidOf(text)
}

export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text.toWellFormed()).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** `text` when it is an ISO 8601 time with a zone (or a date, which becomes midnight UTC); else undefined. */
export function dateTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : `${text}T00:00:00Z`
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)
  return whole && !Number.isNaN(Date.parse(text)) ? text : undefined
}

const algorithms: Record<string, { cyclonedx: string; spdx: string; length: number }> = {
  md5: { cyclonedx: 'MD5', spdx: 'MD5', length: 32 },
  sha1: { cyclonedx: 'SHA-1', spdx: 'SHA1', length: 40 },
  sha256: { cyclonedx: 'SHA-256', spdx: 'SHA256', length: 64 },
  sha384: { cyclonedx: 'SHA-384', spdx: 'SHA384', length: 96 },
  sha512: { cyclonedx: 'SHA-512', spdx: 'SHA512', length: 128 },
}

/** `sha512:…` as the two SBOM formats name the algorithm; undefined for what is no digest. */
export function parseDigest(
  digest: string | undefined,
): { cyclonedx: string; spdx: string; value: string } | undefined {
  const [name, value] = (digest ?? '').toLowerCase().split(':', 2)
  if (name === undefined || value === undefined || !Object.hasOwn(algorithms, name)) return undefined
  const { cyclonedx, spdx, length } = algorithms[name]!
  return value.length === length && /^[0-9a-f]+$/.test(value) ? { cyclonedx, spdx, value } : undefined
}
