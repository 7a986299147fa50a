import type { FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { type Paragraph, parseControl } from './control.ts'

/** A package as dpkg's status file states it, with the names that its dependencies use. */
export interface DebPackage {
  pkg: FoundPackage
  provides: string[]
  /** Each with its alternatives. */
  depends: string[][]
}

const wanted = new Set(
  'package version status architecture source maintainer depends pre-depends provides multi-arch'.split(' '),
)

/**
 * States of dpkg(1) in which a package's files are on the disk; `Status: want flag state`. `config-files` (removed), `not-installed` and
 * `half-installed` (broken off before all was unpacked) are not. What the user wants of it (`deinstall`) does not matter: it is still there. The two that failed are opkg's.
 */
const present = new Set(
  'installed unpacked half-configured triggers-awaited triggers-pending post-inst-failed removal-failed'.split(' '),
)
const absent = new Set(['not-installed', 'config-files', 'half-installed'])

/**
 * The packages of a dpkg status file (or of one file of distroless' status.d, whose paragraphs have no Status).
 * `assumePresent`: a paragraph without Status is installed; in dpkg's own file it is not, unless none there has one: then no dpkg wrote it, and it lists
 * what there is.
 */
export function parseStatus(text: string, assumePresent: boolean, problem: ReportProblem = () => {}): DebPackage[] {
  const found: DebPackage[] = []
  const stateless = assumePresent || !/^status[ \t]{0,20}:/im.test(text)
  let skipped = 0
  let unknown = 0
  const onGarbage = (line: number) => problem('malformed', `line ${line} is no field`)
  for (const { fields, start, end } of parseControl(text, wanted, onGarbage)) {
    const status = fields.get('status')
    if (!isPresent(status, stateless)) {
      if (status !== undefined && !absent.has(stateOf(status)) && unknown++ === 0)
        problem(
          'malformed',
          `lines ${start} to ${end}: state ${JSON.stringify(status.slice(0, 100))} is none of dpkg's`,
        )
      continue
    }
    const name = fields.get('package')
    const version = fields.get('version')
    if (!name || !version) {
      if (skipped++ === 0) problem('malformed', `lines ${start} to ${end}: a package without name or version`)
      continue
    }
    found.push(debPackage(name, version, fields, { start, end }))
  }
  return found
}

function isPresent(status: string | undefined, assumePresent: boolean): boolean {
  if (status === undefined) return assumePresent
  return present.has(stateOf(status))
}

const stateOf = (status: string): string => status.split(/\s+/)[2]?.toLowerCase() ?? ''

function debPackage(
  name: string,
  version: string,
  fields: Paragraph,
  lines: { start: number; end: number },
): DebPackage {
  const arch = fields.get('architecture')
  const maintainer = fields.get('maintainer')
  const pkg: FoundPackage = {
    id: arch ? `${name}:${arch}` : name,
    name,
    version,
    source: parseSource(fields.get('source'), name, version),
    lines,
    ...(arch && { arch }),
    ...(maintainer && { maintainer }),
  }
  return {
    pkg,
    provides: relationNames(fields.get('provides') ?? '').flat(),
    depends: [...relationNames(fields.get('pre-depends') ?? ''), ...relationNames(fields.get('depends') ?? '')],
  }
}

/** `Source: name` or `Source: name (version)`; absent when both equal the binary package's (deb-control(5)). */
function parseSource(field: string | undefined, name: string, version: string): { name: string; version: string } {
  const match = /^([^\s(]+)(?:\s*\(([^()\s]+)\))?/.exec(field ?? '')
  return { name: match?.[1] ?? name, version: match?.[2] ?? version }
}

/** `a (>= 1) | b:any, c [amd64]` → [[a, b], [c]]: the names alone. */
function relationNames(field: string): string[][] {
  if (field === '') return []
  return field.split(',').flatMap(group => {
    const names = group.split('|').flatMap(relation => /^\s*([A-Za-z0-9][A-Za-z0-9+.-]*)/.exec(relation)?.[1] ?? [])
    return names.length > 0 ? [names] : []
  })
}
