import type { Language } from '../../base/i18n/translate.ts'

type Level = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNKNOWN'
export type Levels = Record<Level, number>

/** The state of security over a period, as facts; times are ISO, durations in seconds and absent where nothing was to be measured. */
export interface SecurityReport {
  language: Language
  version: string
  createdAt: string
  from: string
  to: string
  hosts: { name: string; sensor: string; coverage?: number; containers: number }[]
  counts: { containers: number; images: number; scanned: number; incomplete: number }
  advisories: { builtAt?: string; starter: boolean }
  incidents: { opened: number; closed: number; open: number }
  /** From the act to the alert, from the alert to the first response, from the first sight of a flaw to its end. */
  detectSeconds?: number
  respondSeconds?: number
  fixSeconds?: number
  now: Levels
  before: Levels
  found: number
  fixed: number
  trend: { day: string; alerts: number; incidents: number; findings: number }[]
  risks: { title: string; why: string; severity: string; images: number }[]
  fixes: { title: string; image: string; removes: number }[]
  worst: {
    rule: string
    container: string
    priority: string
    first: string
    count: number
    state: string
    response: string
  }[]
  decisions: { what: string; status: string; owner: string; expires: string }[]
  drill?: { at: string; detected: number; total: number }
  /** What could not be looked at: a report that hides it would look better than things are. */
  blind: string[]
}

/** A way to write a report; a file each, listed in index.ts. */
export interface ReportWriter {
  format: 'html' | 'pdf' | 'csv'
  mediaType: string
  write(report: SecurityReport): Promise<Uint8Array>
}
