import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Advisories, Status } from '../../src/base/model/advisory.ts'
import type { Inventory } from '../../src/base/model/inventory.ts'
import type { PackageRelationship } from '../../src/base/model/package.ts'
import type { Report, ReportVulnerability } from '../../src/base/model/report.ts'
import type { Severity } from '../../src/base/model/severity.ts'
import { readIgnoreFile, readVexDocument } from '../../src/scan/advisories/vex/read.ts'
import { inspect } from '../../src/scan/inspect/inspect.ts'
import { inventoryOfSbom } from '../../src/scan/inventory/sbom/read.ts'
import { type JudgeOptions, judge } from '../../src/scan/judge.ts'
import { readAdvisories } from './matching-osv.ts'
import type { KindResult } from './result.ts'

interface Case {
  kind: string
  filters?: Options
  options?: Options
}

/** As one peer's command line has them, in whatever case. */
type Options = Record<string, unknown>

interface Expected {
  vulnerabilities: { id: string; package: string; installed: string; fixed: string; severity: string; status: string }[]
  packages: { name: string; version: string }[]
  secrets?: Record<string, unknown>[]
  licenses?: Record<string, unknown>[]
}

/** A day on which the releases in the cases stand as their origin saw them. */
const clock = new Date('2021-08-25T12:20:30Z')

/**
 * `scans/<name>/`: a whole scan against the one database of all cases. Agreement: exactly the expected ids, each on its package and version, the expected packages, as many secrets
 * as are expected and at their lines, the expected licences.
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
  const options = await scanOptionsOf(test, folder, expected)
  const inventory = await inventoryOf(test, join(folder, 'input'), options)
  const wanted = !options.scanners || options.scanners.includes('vuln')
  const report = judge(inventory, wanted ? advisories : undefined, options)
  const found = report.Results.flatMap(result => result.Vulnerabilities ?? [])
  const notes = notesOn(found, expected)
  const difference = differenceOf(report, found, expected)
  return difference === undefined ? { notes } : { difference, notes }
}

async function inventoryOf({ kind, options: asked }: Case, input: string, options: JudgeOptions): Promise<Inventory> {
  const bill = join(input, 'bom.cdx.json')
  if (kind.startsWith('os-derived')) return inventoryOfSbom(readFileSync(bill, 'utf8'), bill)
  if (kind === 'sbom') {
    const names = readdirSync(input).sort()
    const file = join(input, names.find(name => !/^\.|vex|ignore/i.test(name)) ?? names[0]!)
    return inventoryOfSbom(readFileSync(file, 'utf8'), file)
  }
  const { skipDirs, skipFiles, scanners, secretConfig } = options
  return inspect(
    { kind: asked?.command === 'rootfs' ? 'rootfs' : 'fs', name: input },
    {
      ...(scanners && { scanners: [...scanners] }),
      ...(skipDirs && { skipDirs }),
      ...(skipFiles && { skipFiles }),
      ...(secretConfig && { secretConfig: readFileSync(secretConfig, 'utf8') }),
    },
  )
}

/** What a case asks for, as ours is asked for it. */
async function scanOptionsOf(test: Case, folder: string, expected: Expected): Promise<JudgeOptions> {
  const asked = new Map(
    Object.entries({ ...test.filters, ...test.options }).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const list = (...names: string[]) =>
    names.flatMap(name => asked.get(name) ?? []).flatMap(value => String(value).split(','))
  const file = (name: string) => {
    const [named] = list(name)
    const found = (place: string) =>
      readdirSync(join(folder, place), { recursive: true, encoding: 'utf8' })
        .map(one => join(folder, place, one))
        .find(one => basename(named ?? '') === basename(one) && statSync(one).isFile())
    return named && (found('input') ?? found('.'))
  }
  const scanners = (['vuln', 'secret', 'license'] as const).filter(one =>
    list('scanner', 'scanners', 'securitychecks').some(word => word.toLowerCase().includes(one)),
  )
  if (expected.secrets?.length && !scanners.includes('secret')) scanners.push('secret')
  if (expected.licenses?.length && !scanners.includes('license')) scanners.push('license')
  const options: JudgeOptions = { now: clock, decisions: [] }
  if (scanners.length > 0) options.scanners = scanners
  if (asked.get('ignoreunfixed') === true) options.ignoreUnfixed = true
  if (asked.get('includedevdeps') === true) options.includeDevelopment = true
  const statuses = list('ignorestatus', 'ignorestatuses').map(word => word.replaceAll('-', '_'))
  if (statuses.length > 0) options.ignoreStatuses = statuses as Status[]
  const types = list('pkgtypes', 'vulntype', 'vulntypes')
  if (types.length > 0) options.pkgTypes = types as ('os' | 'library')[]
  const relationships = list('pkgrelationships', 'pkgrelationship')
  if (relationships.length > 0) options.pkgRelationships = relationships as PackageRelationship[]
  const severities = list('severity', 'severities')
  if (severities.length > 0) options.severities = severities as Severity[]
  const order = list('vulnseveritysources')
  if (order.length > 0) options.severityOrder = order
  const [dirs, files] = [list('skipdirs'), list('skipfiles')]
  if (dirs.length > 0) options.skipDirs = dirs.map(withoutInput)
  if (files.length > 0) options.skipFiles = files.map(withoutInput)
  const ignored = list('ignoreids')
  if (ignored.length > 0) options.decisions!.push(await readIgnoreFile('.trivyignore', ignored.join('\n')))
  for (const name of ['ignorefile', 'ignore_file']) {
    const path = file(name)
    if (path) options.decisions!.push(await readIgnoreFile(path, readFileSync(path, 'utf8')))
  }
  for (const name of ['vex', 'vexfile', 'vexpath']) {
    const path = file(name)
    if (path) options.decisions!.push(readVexDocument(path, readFileSync(path, 'utf8')))
  }
  const config = file('secretconfig')
  if (config) options.secretConfig = config
  return options
}

/** Paths in options begin where the origin keeps its inputs: `testdata/fixtures/repo/gomod/submod2`. */
function withoutInput(path: string): string {
  return path.replace(/^testdata\/fixtures\/(?:repo|fs|images)\/[^/]+\//, '')
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
  const content = contentDifference(report, expected)
  if (lost.length + extra.length + missing.length === 0) return content
  return `missing ${lost.join(', ') || 'none'}; extra ${extra.join(', ') || 'none'}; packages missing ${missing.join(', ') || 'none'}`
}

/** Secrets by file and line, whatever their rules are called; licences by name and package or file. */
function contentDifference(report: Report, { secrets = [], licenses = [] }: Expected): string | undefined {
  const text = (item: Record<string, unknown>, ...names: string[]) =>
    names.map(name => item[name]).find(value => value !== undefined && value !== null && value !== '') ?? ''
  const wanted = [
    ...secrets.map(one => `secret ${text(one, 'target', 'path')}:${text(one, 'start_line', 'line', 'start')}`),
    ...licenses.map(one => `licence ${text(one, 'name')} ${text(one, 'package', 'pkg', 'file', 'path')}`),
  ]
  const got = report.Results.flatMap(result => [
    ...(secrets.length > 0 ? (result.Secrets ?? []) : []).map(one => `secret ${result.Target}:${one.StartLine}`),
    ...(licenses.length > 0 ? (result.Licenses ?? []) : []).map(
      one => `licence ${one.Name} ${one.PkgName || one.FilePath}`,
    ),
  ])
  const [lost, extra] = [wanted.filter(one => !got.includes(one)), got.filter(one => !wanted.includes(one))]
  if (lost.length + extra.length === 0) return undefined
  return `missing ${lost.join(', ') || 'none'}; extra ${extra.join(', ') || 'none'}`
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
