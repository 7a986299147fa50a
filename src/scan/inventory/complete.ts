import type { Distro } from '../../base/model/distro.ts'
import type { LayerRef, Package } from '../../base/model/package.ts'
import type { Finding } from './assemble.ts'
import type { Problem } from './layer-facts.ts'
import { packagePurl } from './package-purl.ts'

/** Longest name or version that any registry accepts is far below; what is longer is an attack or garbage. */
const maxNameLength = 1024

interface Named {
  finding: Finding
  pkg: Package
}

/** Findings as whole packages: purl, unique ids, dependencies by those ids, each package once per file. */
export function completePackages(
  findings: readonly Finding[],
  typeOf: (extractorId: string) => string,
  layers: readonly LayerRef[],
  os: Distro | undefined,
): { packages: Package[]; problems: Problem[] } {
  const problems: Problem[] = []
  const named = findings.flatMap(finding => {
    const problem = nameProblem(finding)
    if (problem) problems.push(problem)
    return problem ? [] : [{ finding, pkg: completePackage(finding, typeOf(finding.extractor.id), layers, os) }]
  })
  const unique = dropRepeated(named)
  giveIds(unique.map(({ kept }) => kept))
  connect(unique)
  return { packages: unique.map(({ kept }) => kept), problems }
}

function nameProblem({ found, path, extractor }: Finding): Problem | undefined {
  if (typeof found.name === 'string' && found.name !== '' && typeof found.version === 'string') {
    if (found.name.length <= maxNameLength && found.version.length <= maxNameLength) return undefined
  }
  return { path, code: 'malformed', detail: `${extractor.id}: a package without a usable name or version` }
}

function completePackage(
  { found, extractor, path, layer }: Finding,
  ecosystemType: string,
  layers: readonly LayerRef[],
  os: Distro | undefined,
): Package {
  const type = found.type ?? ecosystemType
  const whole: Package = {
    ...found,
    id: '',
    type,
    purl: found.purl ?? packagePurl({ ...found, type }, os),
    foundBy: found.foundBy ?? extractor.id,
    path,
    licenses: found.licenses ?? [],
    dependsOn: [],
  }
  const ref = found.layer ?? (layer === undefined ? undefined : layers[layer])
  if (ref) whole.layer = ref
  return whole
}

/** The same package stated twice by one file is one package: `kept` stands for all of `members`. */
function dropRepeated(named: readonly Named[]): { kept: Package; members: Finding[] }[] {
  const groups = new Map<string, { kept: Package; members: Finding[] }>()
  for (const { finding, pkg } of named) {
    const key = `${pkg.purl}\0${pkg.path}\0${pkg.foundBy}`
    const group = groups.get(key)
    if (!group) groups.set(key, { kept: pkg, members: [finding] })
    else {
      mergeInto(group.kept, pkg)
      group.members.push(finding)
    }
  }
  return [...groups.values()]
}

const nearness = ['root', 'workspace', 'direct', 'indirect'] as const

function mergeInto(kept: Package, other: Package): void {
  kept.licenses = [...new Set([...kept.licenses, ...other.licenses])]
  if (!other.development) delete kept.development
  const rank = (pkg: Package) => (pkg.relationship ? nearness.indexOf(pkg.relationship) : nearness.length)
  if (other.relationship && rank(other) < rank(kept)) kept.relationship = other.relationship
  if (other.files) kept.files = [...new Set([...(kept.files ?? []), ...other.files])]
  kept.lines ??= other.lines
  if (kept.lines === undefined) delete kept.lines
}

/** The purl; with `#path` behind it where two packages share one, and the extractor's id where even that is shared. */
function giveIds(packages: readonly Package[]): void {
  const byPurl = countBy(packages, ({ purl }) => purl)
  const shared: Package[] = []
  for (const pkg of packages) {
    if (byPurl.get(pkg.purl) === 1) pkg.id = pkg.purl
    else shared.push(pkg)
  }
  const byPlace = countBy(shared, ({ purl, path }) => `${purl}#${path}`)
  for (const pkg of shared) {
    const place = `${pkg.purl}#${pkg.path}`
    pkg.id = byPlace.get(place) === 1 ? place : `${place}#${pkg.foundBy}`
  }
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Turns the extractors' own ids (else `name@version`, else a name that only one package has) into ours; what leads nowhere is left out. */
function connect(groups: readonly { kept: Package; members: Finding[] }[]): void {
  const scopes = new Map<string, Map<string, string | null>>()
  const register = (scope: string, key: string, id: string, force: boolean) => {
    const names = scopes.get(scope) ?? new Map<string, string | null>()
    scopes.set(scope, names)
    const known = names.get(key)
    if (force || known === undefined) names.set(key, id)
    else if (known !== id) names.set(key, null)
  }
  const needy = new Set<string>()
  for (const { members } of groups)
    for (const { scope, found } of members) if (found.dependsOn?.length) needy.add(scope)
  if (needy.size === 0) return
  for (const { kept, members } of groups) {
    for (const { scope } of members) {
      if (!needy.has(scope)) continue
      register(scope, `${kept.name}@${kept.version}`, kept.id, false)
      register(scope, kept.name, kept.id, false)
    }
  }
  for (const { kept, members } of groups) {
    for (const { scope, found } of members)
      if (found.id !== undefined && needy.has(scope)) register(scope, found.id, kept.id, true)
  }
  for (const { kept, members } of groups) {
    if (!members.some(({ found }) => found.dependsOn?.length)) continue
    const targets = new Set<string>()
    for (const { scope, found } of members) {
      for (const key of found.dependsOn ?? []) {
        const id = scopes.get(scope)?.get(key)
        if (id && id !== kept.id) targets.add(id)
      }
    }
    kept.dependsOn = [...targets].sort()
  }
}
