import { itemsAt, own, stringAt } from '../../../base/json.ts'
import type { Decision, DecisionFile, VexStatus } from './decision.ts'
import { productNames, purlNames } from './product.ts'

const states = new Map<string, VexStatus>([
  ['not_affected', 'not_affected'],
  ['false_positive', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
])

const maxComponents = 1_000_000

/**
 * CycloneDX VEX (https://cyclonedx.org/capabilities/vex/): `vulnerabilities[]: { id, analysis: { state, justification, detail, lastUpdated }, affects[]: { ref } }`.
 * A ref is a purl, a bom-ref of the same document, or a BOM-Link whose part behind `#` is one.
 */
export function readCycloneDxVex(path: string, document: unknown): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  const purls = componentPurls(document)
  const name = stringAt(document, 'serialNumber') ? `${path}: ${stringAt(document, 'serialNumber')}` : path
  for (const vulnerability of itemsAt(document, 'vulnerabilities')) {
    const analysis = own(vulnerability, 'analysis')
    const state = stringAt(analysis, 'state')
    const id = stringAt(vulnerability, 'id')
    if (!id || state === undefined) continue
    const status = states.get(state)
    if (!status) {
      file.problems.push({ source: name, detail: `${id}: unknown state ${state}` })
      continue
    }
    const refs = itemsAt(vulnerability, 'affects').flatMap(item => stringAt(item, 'ref') ?? [])
    const named = refs.flatMap(ref => purlOf(ref, purls) ?? [])
    if (named.length === 0) {
      file.problems.push({ source: name, detail: `${id}: names no package` })
      continue
    }
    const aliases = itemsAt(vulnerability, 'references').flatMap(item => stringAt(item, 'id') ?? [])
    const decision: Decision = {
      kind: 'vex',
      source: name,
      ids: [id, ...aliases],
      status,
      concerns: (pkg, artifact) => named.some(purl => purlNames(purl, pkg) || productNames(purl, artifact)),
    }
    const timestamp =
      stringAt(analysis, 'lastUpdated') ??
      stringAt(vulnerability, 'updated') ??
      stringAt(own(document, 'metadata'), 'timestamp')
    if (timestamp) decision.timestamp = timestamp
    const said = [stringAt(analysis, 'justification'), stringAt(analysis, 'detail')].filter(Boolean)
    if (said.length > 0) decision.statement = said.join(': ')
    file.decisions.push(decision)
  }
  return file
}

function purlOf(ref: string, purls: Map<string, string>): string | undefined {
  if (ref.startsWith('pkg:')) return ref
  const inner = ref.includes('#') ? decoded(ref.slice(ref.indexOf('#') + 1)) : ref
  return purls.get(inner) ?? (inner.startsWith('pkg:') ? inner : undefined)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function componentPurls(document: unknown): Map<string, string> {
  const purls = new Map<string, string>()
  const queue = [own(own(document, 'metadata'), 'component'), ...itemsAt(document, 'components')]
  for (let i = 0; i < queue.length && i < maxComponents; i++) {
    const ref = stringAt(queue[i], 'bom-ref')
    const purl = stringAt(queue[i], 'purl')
    if (ref && purl) purls.set(ref, purl)
    for (const inner of itemsAt(queue[i], 'components')) queue.push(inner)
  }
  return purls
}
