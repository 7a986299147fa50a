import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Advisories } from '../../src/base/model/advisory.ts'
import type { Inventory } from '../../src/base/model/inventory.ts'
import type { Report, ReportVulnerability } from '../../src/base/model/report.ts'
import { inspect } from '../../src/scan/inspect/inspect.ts'
import { inventoryOfSbom } from '../../src/scan/inventory/sbom/read.ts'
import { judge } from '../../src/scan/judge.ts'
import { readAdvisories } from './matching-osv.ts'
import type { KindResult } from './result.ts'

interface Case {
  kind: 'os-derived' | 'os-derived-negative' | 'vuln' | 'sbom' | 'packages'
  filters?: { IgnoreUnfixed?: boolean }
  options?: { listAllPkgs?: boolean; vulnSeveritySources?: string[] }
}

interface Expected {
  vulnerabilities: { id: string; package: string; installed: string; fixed: string; severity: string; status: string }[]
  packages: { name: string; version: string }[]
}

/** A day on which the releases in the cases stand as their origin saw them. */
const clock = new Date('2021-08-25T12:20:30Z')

/**
 * `scans/<name>/`: a whole scan against the one database of all cases. Agreement: exactly the expected ids, each on its package and version, and the expected packages.
 * Where severity, status or fixed version differ, a note says so; it does not count.
 */
export async function runScans(directory: string): Promise<KindResult> {
  const folder = join(directory, 'scans')
  const advisories = readAdvisories(join(directory, 'scans-advisories'), item => [item])
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const disagreements: string[] = []
  let agreed = 0
  for (const name of names) {
    const { difference, notes } = await compare(join(folder, name), advisories)
    if (difference) disagreements.push(`${name}: ${difference}`)
    else agreed++
    for (const note of notes) disagreements.push(`${name}: (note) ${note}`)
  }
  return { kind: 'scans', agreed, total: names.length, disagreements }
}

async function compare(folder: string, advisories: Advisories): Promise<{ difference?: string; notes: string[] }> {
  const test = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected
  const inventory = await inventoryOf(test, join(folder, 'input'))
  const report = judge(inventory, advisories, {
    now: clock,
    ...(test.filters?.IgnoreUnfixed && { ignoreUnfixed: true }),
    ...(test.options?.vulnSeveritySources && { severityOrder: test.options.vulnSeveritySources }),
  })
  const found = report.Results.flatMap(result => result.Vulnerabilities ?? [])
  const notes = notesOn(found, expected)
  const difference = differenceOf(report, found, expected)
  return difference === undefined ? { notes } : { difference, notes }
}

async function inventoryOf({ kind }: Case, input: string): Promise<Inventory> {
  const bill = join(input, 'bom.cdx.json')
  if (kind.startsWith('os-derived')) return inventoryOfSbom(readFileSync(bill, 'utf8'), bill)
  if (kind === 'sbom') {
    const file = join(input, readdirSync(input)[0]!)
    return inventoryOfSbom(readFileSync(file, 'utf8'), file)
  }
  return inspect({ kind: 'fs', name: input }, {})
}

function differenceOf(report: Report, found: ReportVulnerability[], expected: Expected): string | undefined {
  const keyOf = (id: string, name: string, version: string) => `${id} ${name.toLowerCase()}@${version}`
  const wanted = new Set(expected.vulnerabilities.map(one => keyOf(one.id, one.package, one.installed)))
  const got = new Set(found.map(one => keyOf(one.VulnerabilityID, one.PkgName, one.InstalledVersion)))
  const packages = new Set(
    report.Results.flatMap(result => result.Packages ?? []).map(one => `${one.Name}@${one.Version}`),
  )
  const lost = [...wanted].filter(key => !got.has(key))
  const extra = [...got].filter(key => !wanted.has(key))
  const missing = expected.packages
    .filter(one => !packages.has(`${one.name}@${one.version}`))
    .map(one => `${one.name}@${one.version}`)
  if (lost.length + extra.length + missing.length === 0) return undefined
  return `missing ${lost.join(', ') || 'none'}; extra ${extra.join(', ') || 'none'}; packages missing ${missing.join(', ') || 'none'}`
}

function notesOn(found: ReportVulnerability[], expected: Expected): string[] {
  return expected.vulnerabilities.flatMap(one => {
    const match = found.find(other => other.VulnerabilityID === one.id && other.PkgName === one.package)
    if (!match) return []
    const pairs = [
      ['severity', one.severity, match.Severity],
      ['status', one.status, match.Status],
      ['fixed', one.fixed, match.FixedVersion ?? ''],
    ] as const
    return pairs
      .filter(([, wanted, got]) => wanted !== got)
      .map(([what, wanted, got]) => `${one.id} ${one.package} ${what} ${wanted}, ours ${got}`)
  })
}
