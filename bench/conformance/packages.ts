/**
 * Open cases of package finding: `packages/<ecosystem>--<name>/{input/,expected.json}`. A case agrees when every expected name@version is found
 * (case and `. _ -` folded, development dependencies included) and at most one, or a tenth, more.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Package } from '../../src/base/model/package.ts'
import { findPackages } from '../../src/scan/inspect/find-packages.ts'
import { type Explanation, explainedPackages, sameFiles } from './explained.ts'
import type { KindResult } from './result.ts'

interface Expected {
  ecosystem: string
  packages: { name: string; version: string }[]
}

/** `packages/<name>/` below `directory`. Each disagreement names the case, what is missing (`-`) and what is too much (`+`). */
export async function runPackages(directory: string): Promise<KindResult> {
  const dir = join(directory, 'packages')
  const names = readdirSync(dir).sort()
  const disagreements: string[] = []
  const explained: string[] = []
  for (const name of names) {
    const problem = await judge(join(dir, name), () => true)
    if (problem === undefined) continue
    const explanation = explainedPackages[name]
    if (explanation && (await holds(explanation, dir, name))) explained.push(`${name}: ${explanation.why}`)
    else disagreements.push(`${name}: ${problem}`)
  }
  const agreed = names.length - disagreements.length - explained.length
  return { kind: 'packages', agreed, total: names.length, disagreements, explained }
}

async function holds(explanation: Explanation, dir: string, name: string): Promise<boolean> {
  if (explanation.why === 'development') return !(await judge(join(dir, name), ({ development }) => !development))
  if (explanation.why === 'direct')
    return !(await judge(join(dir, name), ({ relationship }) => relationship !== 'indirect'))
  const other = join(dir, explanation.as)
  return sameFiles(join(dir, name, 'input'), join(other, 'input')) && !(await judge(other, () => true))
}

/** Undefined where what is found and `counts` is what is expected. */
async function judge(dir: string, counts: (pkg: Package) => boolean | undefined): Promise<string | undefined> {
  const expected = JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8')) as Expected
  let found: Package[]
  try {
    found = (await findPackages(join(dir, 'input'), { includeDevelopment: true })).filter(counts)
  } catch (error) {
    return String(error)
  }
  const wanted = new Set(expected.packages.map(({ name, version }) => fold(name, withoutV(version, expected))))
  const spelling = spellingOf(expected)
  const got = new Set(found.map(pkg => fold(...spelling(pkg))))
  const missing = [...wanted].filter(key => !got.has(key))
  const extra = [...got].filter(key => !wanted.has(key))
  if (missing.length === 0 && extra.length <= Math.max(1, wanted.size / 10)) return undefined
  return [...shown('-', missing), ...shown('+', extra)].join(' ')
}

/** Peers differ in spellings that say the same: Go versions with or without the `v` (one file's modules with it, `stdlib` without), Maven names with or without the group, Swift ones by address or identity. */
function spellingOf({ ecosystem, packages }: Expected): (pkg: Package) => [string, string] {
  const short = (ecosystem === 'maven' || ecosystem === 'sbom') && !packages.some(({ name }) => name.includes(':'))
  const byIdentity = ecosystem === 'swift' && !packages.some(({ name }) => name.includes('/'))
  return ({ name, version, type }) => [
    short && type === 'maven'
      ? name.slice(name.indexOf(':') + 1)
      : byIdentity
        ? name.slice(name.lastIndexOf('/') + 1)
        : name,
    withoutV(version, { ecosystem }),
  ]
}

function withoutV(version: string, { ecosystem }: Pick<Expected, 'ecosystem'>): string {
  return ecosystem === 'golang' ? version.replace(/^v/, '') : version
}

function fold(name: string, version: string): string {
  return `${name.toLowerCase().replace(/[._-]/g, '-')}@${version}`
}

function shown(sign: string, keys: string[]): string[] {
  const first = keys.slice(0, 5).map(key => `${sign}${key}`)
  return keys.length > 5 ? [...first, `${sign}… ${keys.length} in all`] : first
}
