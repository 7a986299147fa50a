import type { Distro } from '../../base/model/distro.ts'
import type { AnyExtractor, FactView, FoundPackage } from '../../base/model/ecosystem.ts'
import type { Problem } from './layer-facts.ts'
import type { MergedFacts } from './merge.ts'
import { factView } from './merge.ts'

/** A package as its extractor gave it, with where it was found. */
export interface Finding {
  found: FoundPackage
  extractor: AnyExtractor
  /** The file parsed. */
  path: string
  /** Position of the layer in which this name and version was first stated at that path without a break; undefined where there are no layers. */
  layer: number | undefined
  /** What the extractor's own ids are unique within. */
  scope: string
}

/** What one extractor may tell of how its files fit together. */
const maxProblems = 100

/** One extractor's packages out of its merged facts. What an `assemble` throws becomes a problem named after the extractor. */
export function assemblePackages(
  extractor: AnyExtractor,
  facts: MergedFacts,
  os: Distro | undefined,
): { findings: Finding[]; problems: Problem[] } {
  if (!extractor.assemble) return { findings: listedPackages(extractor, facts), problems: [] }
  try {
    const problems: Problem[] = []
    const problem: FactView<unknown>['problem'] = (path, code, detail) => {
      if (problems.length < maxProblems) problems.push({ path, code, detail: `${extractor.id}: ${detail}` })
    }
    const view: FactView<unknown> = { ...factView(facts, os), problem }
    const findings = extractor.assemble(view).map(found => {
      const path = found.path ?? onlyPath(view)
      return { found, extractor, path, layer: facts.current.get(path)?.layer, scope: extractor.id }
    })
    attributeAssembled(extractor, facts, os, findings)
    return { findings, problems }
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 200) : String(error)
    const path = facts.current.keys().next().value ?? extractor.id
    return { findings: [], problems: [{ path, code: 'malformed', detail: `${extractor.id}: ${detail}` }] }
  }
}

function onlyPath(view: FactView<unknown>): string {
  return view.files.length === 1 ? view.files[0]!.path : ''
}

function listedPackages(extractor: AnyExtractor, facts: MergedFacts): Finding[] {
  const findings: Finding[] = []
  for (const [path, { layer, value }] of facts.current) {
    const earlier = (facts.earlier.get(path) ?? []).map(statement => ({
      layer: statement.layer,
      stated: new Set((statement.value as FoundPackage[]).map(statementKey)),
    }))
    for (const found of value as FoundPackage[]) {
      const key = statementKey(found)
      let first = layer
      for (let i = earlier.length - 1; i >= 0 && earlier[i]!.stated.has(key); i--) first = earlier[i]!.layer
      findings.push({ found, extractor, path: found.path ?? path, layer: first, scope: `${extractor.id}\0${path}` })
    }
  }
  return findings
}

/** Walks back through the artifact as it was after each earlier layer, for as long as a package was stated there. */
function attributeAssembled(
  extractor: AnyExtractor,
  facts: MergedFacts,
  os: Distro | undefined,
  findings: Finding[],
): void {
  let open = findings.filter(({ path }) => facts.earlier.has(path))
  const layers = new Set([...facts.earlier.values()].flat().map(({ layer }) => layer))
  for (const layer of [...layers].sort((a, b) => b - a)) {
    if (open.length === 0) return
    const view = factView(facts, os, layer)
    const stated = new Set(
      extractor.assemble!(view).map(found => `${found.path ?? onlyPath(view)}\0${statementKey(found)}`),
    )
    open = open.filter(finding => {
      const statements = facts.earlier.get(finding.path)!
      // A file that was not touched since says the same as before: nothing new to learn from this layer.
      if (facts.current.get(finding.path)!.layer <= layer) return true
      const statement = statements.findLast(s => s.layer <= layer)
      if (!statement || !stated.has(`${finding.path}\0${statementKey(finding.found)}`)) return false
      finding.layer = statement.layer
      return true
    })
  }
}

function statementKey({ name, version }: FoundPackage): string {
  return `${name}\0${version}`
}
