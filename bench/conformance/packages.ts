/**
 * Open cases of package finding: `packages/<ecosystem>--<name>/{input/,expected.json}`. A case agrees when every expected name@version is found
 * (case and `. _ -` folded, development dependencies included) and at most one, or a tenth, more.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Package } from '../../src/base/model/package.ts'
import { findPackages } from '../../src/scan/inspect/find-packages.ts'

interface Expected {
  ecosystem: string
  packages: { name: string; version: string }[]
}

/** `packages/<name>/` below `directory`. Each disagreement names the case, what is missing (`-`) and what is too much (`+`). */
export async function runPackages(
  directory: string,
): Promise<{ kind: 'packages'; agreed: number; total: number; disagreements: string[] }> {
  const dir = join(directory, 'packages')
  const names = readdirSync(dir).sort()
  const disagreements: string[] = []
  for (const name of names) {
    const problem = await judge(join(dir, name))
    if (problem !== undefined) disagreements.push(`${name}: ${problem}`)
  }
  return { kind: 'packages', agreed: names.length - disagreements.length, total: names.length, disagreements }
}

async function judge(dir: string): Promise<string | undefined> {
  const expected = JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8')) as Expected
  let found: Package[]
  try {
    found = await findPackages(join(dir, 'input'), { includeDevelopment: true })
  } catch (error) {
    return String(error)
  }
  const wanted = new Set(expected.packages.map(({ name, version }) => fold(name, version)))
  const spelling = spellingOf(expected)
  const got = new Set(found.map(pkg => fold(...spelling(pkg))))
  const missing = [...wanted].filter(key => !got.has(key))
  const extra = [...got].filter(key => !wanted.has(key))
  if (missing.length === 0 && extra.length <= Math.max(1, wanted.size / 10)) return undefined
  return [...shown('-', missing), ...shown('+', extra)].join(' ')
}

/** Peers differ in two spellings that say the same: Go versions with or without the `v`, Maven names with or without the group. */
function spellingOf({ ecosystem, packages }: Expected): (pkg: Package) => [string, string] {
  const bare = ecosystem === 'golang' && !packages.some(({ version }) => version.startsWith('v'))
  const short = (ecosystem === 'maven' || ecosystem === 'sbom') && !packages.some(({ name }) => name.includes(':'))
  return ({ name, version, type }) => [
    short && type === 'maven' ? name.slice(name.indexOf(':') + 1) : name,
    bare ? version.replace(/^v/, '') : version,
  ]
}

function fold(name: string, version: string): string {
  return `${name.toLowerCase().replace(/[._-]/g, '-')}@${version}`
}

function shown(sign: string, keys: string[]): string[] {
  const first = keys.slice(0, 5).map(key => `${sign}${key}`)
  return keys.length > 5 ? [...first, `${sign}… ${keys.length} in all`] : first
}
