import { isObject, itemsAt, own, stringAt } from '../../../base/json.ts'
import type { Package } from '../../../base/model/package.ts'
import { compileRegex } from '../../../base/regex.ts'
import type { Finding } from '../match/finding.ts'
import { type Decision, type DecisionFile, unreadable } from './decision.ts'
import { globMatches } from './glob.ts'
import { yamlObject } from './ignore-yaml.ts'

/**
 * `.grype.yaml`: `ignore: [{ vulnerability, include-aliases, fix-state, reason, namespace, package: { name, version, language, type, location, upstream-name } }]`.
 * All fields of a rule must fit; names may be regular expressions over the whole name. Rules about VEX statuses belong to its own VEX handling.
 */
export function readGrypeYaml(path: string, text: string): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  for (const [i, item] of itemsAt(yamlObject(path, text, file), 'ignore').entries()) {
    const decision = decisionOf(item, `${path}: ignore[${i}]`, file)
    if (decision) file.decisions.push(decision)
  }
  return file
}

function decisionOf(item: unknown, source: string, file: DecisionFile): Decision | undefined {
  if (!isObject(item)) return unreadable(file, source, 'not a mapping')
  if (own(item, 'vex-status') !== undefined) return undefined
  const unknown = Object.keys(item).filter(key => !known.has(key))
  if (unknown.length > 0) return unreadable(file, source, `not understood: ${unknown.join(', ')}`)
  const tests = testsOf(item, detail => unreadable(file, source, detail))
  const id = stringAt(item, 'vulnerability')
  if (!tests || (!id && tests.length === 0)) return undefined
  const decision: Decision = {
    kind: 'ignored',
    source,
    ids: id ? [id] : [],
    status: 'not_affected',
    concerns: (pkg, _artifact, finding) => tests.every(test => test(pkg, finding)),
  }
  const reason = stringAt(item, 'reason')
  if (reason) decision.statement = reason
  return decision
}

const known = new Set(['vulnerability', 'include-aliases', 'fix-state', 'reason', 'namespace', 'package', 'match-type'])

type Test = (pkg: Package, finding: Finding) => boolean

/** Grype's names of package types and languages → purl types. */
const types = new Map([
  ['go-module', 'golang'],
  ['python', 'pypi'],
  ['java-archive', 'maven'],
  ['jenkins-plugin', 'maven'],
  ['java', 'maven'],
  ['rust-crate', 'cargo'],
  ['rust', 'cargo'],
  ['php-composer', 'composer'],
  ['php', 'composer'],
  ['dotnet', 'nuget'],
  ['javascript', 'npm'],
  ['ruby', 'gem'],
  ['go', 'golang'],
])

function testsOf(rule: unknown, complain: (detail: string) => void): Test[] | undefined {
  const pkg = own(rule, 'package')
  const tests: Test[] = []
  const add = (value: string | undefined, test: (wanted: string) => Test) => {
    if (value) tests.push(test(value))
  }
  try {
    add(stringAt(rule, 'fix-state'), wanted => (_pkg, finding) => fixState(finding) === wanted)
    add(
      stringAt(rule, 'namespace'),
      wanted => (_pkg, finding) => wanted.toLowerCase().startsWith(finding.evidence.source.toLowerCase()),
    )
    add(stringAt(pkg, 'name'), wanted => named(wanted, grypeNames))
    add(stringAt(pkg, 'upstream-name'), wanted => named(wanted, one => [one.source?.name ?? '']))
    add(stringAt(pkg, 'version'), wanted => one => one.version === wanted)
    add(stringAt(pkg, 'type'), wanted => one => one.type === (types.get(wanted) ?? wanted))
    add(stringAt(pkg, 'language'), wanted => one => one.type === (types.get(wanted) ?? wanted))
    add(stringAt(pkg, 'location'), wanted => one => globMatches(wanted, one.path))
    return tests
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function named(wanted: string, names: (pkg: Package) => string[]): Test {
  if (/^[\w@/.:+~-]*$/.test(wanted)) return pkg => names(pkg).includes(wanted)
  const regex = compileRegex(wanted)
  return pkg => names(pkg).some(name => regex.matches(name))
}

/** Grype calls a Java package by its artifact alone: `log4j-core`. */
function grypeNames({ name, type }: Package): string[] {
  return type === 'maven' ? [name, name.slice(name.lastIndexOf(':') + 1)] : [name]
}

function fixState(finding: Finding): string {
  if (finding.fixedVersion !== undefined) return 'fixed'
  return finding.status === 'will_not_fix' || finding.status === 'end_of_life'
    ? 'wont-fix'
    : finding.status === 'affected'
      ? 'not-fixed'
      : 'unknown'
}
