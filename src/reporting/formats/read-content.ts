import type { ReportLicense, ReportMalware, ReportSecret, SecretFix } from '../../base/model/report.ts'
import { licenseCategories } from '../../base/model/report.ts'
import { type Severity, severities } from '../../base/model/severity.ts'
import { number, record, string } from './read-value.ts'

const fixes: readonly SecretFix[] = ['file', 'token', 'key', 'env', 'build', 'removed']

/** A secret of ours or of Trivy's. */
export function readSecret(value: unknown): ReportSecret {
  const found = record(value) ?? {}
  const fix = fixes.find(name => name === found.Fix)
  return {
    RuleID: string(found.RuleID) ?? '',
    Category: string(found.Category) ?? '',
    Severity: severityOf(found),
    Title: string(found.Title) ?? '',
    StartLine: line(found.StartLine),
    EndLine: line(found.EndLine),
    Match: string(found.Match) ?? '',
    ...layers(found),
    Fingerprint: string(found.Fingerprint) ?? '',
    ...(fix && { Fix: fix }),
  } as ReportSecret
}

export function readMalware(value: unknown): ReportMalware {
  const found = record(value) ?? {}
  const strings = ['Author', 'Licence', 'Reference', 'SHA256'].flatMap(name => {
    const text = string(found[name])
    return text === undefined ? [] : [[name, text]]
  })
  return {
    Rule: string(found.Rule) ?? '',
    RuleSet: string(found.RuleSet) ?? '',
    Kind: (string(found.Kind) ?? 'yara') as ReportMalware['Kind'],
    Severity: severityOf(found),
    Title: string(found.Title) ?? '',
    ...Object.fromEntries(strings),
    ...layers(found),
  }
}

export function readLicense(value: unknown): ReportLicense {
  const found = record(value) ?? {}
  return {
    Severity: severityOf(found),
    Category: licenseCategories.find(name => name === found.Category) ?? 'unknown',
    PkgName: string(found.PkgName) ?? '',
    FilePath: string(found.FilePath) ?? '',
    Name: string(found.Name) ?? '',
    Confidence: number(found.Confidence) ?? 1,
    Link: string(found.Link) ?? '',
    ...(found.Policy === 'deny' && { Policy: found.Policy }),
    ...layers(found),
  }
}

function severityOf(found: Record<string, unknown>): Severity {
  return severities.find(name => name === string(found.Severity)?.toUpperCase()) ?? 'UNKNOWN'
}

function line(value: unknown): number {
  const found = number(value)
  return found !== undefined && Number.isSafeInteger(found) && found > 0 ? found : 1
}

function layers(found: Record<string, unknown>): object {
  const one = (name: string): object => {
    const layer = record(found[name])
    const digest = string(layer?.Digest)
    const diffId = string(layer?.DiffID)
    return layer ? { [name]: { ...(digest && { Digest: digest }), ...(diffId && { DiffID: diffId }) } } : {}
  }
  const commit = string(found.Commit)
  return { ...one('Layer'), ...one('RemovedIn'), ...(commit && { Commit: commit.replace(/[^0-9a-f]/g, '') }) }
}
