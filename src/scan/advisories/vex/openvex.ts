import { isObject, itemsAt, own, stringAt } from '../../../base/json.ts'
import { type Decision, type DecisionFile, unreadable, type VexStatus } from './decision.ts'
import { isInside, productNames, purlNames } from './product.ts'

const statuses = new Set<string>(['not_affected', 'fixed', 'affected', 'under_investigation'])

/**
 * OpenVEX 0.2 (https://github.com/openvex/spec): `statements[]: { vulnerability: { name, aliases }, products[]: { @id, identifiers, subcomponents[] }, status,
 * justification, impact_statement, timestamp }`. A product is a package, or the image with packages as its subcomponents (none: the whole image), or a package with others that it needs.
 * A statement without products uses the document's; without a timestamp, the document's.
 */
export function readOpenVex(path: string, document: unknown): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  const name = `${path}${stringAt(document, '@id') ? `: ${stringAt(document, '@id')}` : ''}`
  for (const [i, statement] of itemsAt(document, 'statements').entries()) {
    const decision = decisionOf(statement, document, `${name} statement ${i + 1}`, file)
    if (decision) file.decisions.push(decision)
  }
  return file
}

function decisionOf(statement: unknown, document: unknown, source: string, file: DecisionFile): Decision | undefined {
  const status = stringAt(statement, 'status') ?? ''
  const ids = idsOf(own(statement, 'vulnerability'))
  if (ids.length === 0) return unreadable(file, source, 'no vulnerability')
  if (!statuses.has(status)) return unreadable(file, source, `unknown status ${status}`)
  const stated = itemsAt(statement, 'products')
  const products = (stated.length > 0 ? stated : itemsAt(document, 'products')).map(productOf)
  if (products.length === 0) return unreadable(file, source, 'no products')
  const decision: Decision = {
    kind: 'vex',
    source,
    ids,
    status: status as VexStatus,
    concerns: (pkg, artifact) =>
      products.some(({ names, parts }) => {
        if (names.some(one => purlNames(one, pkg))) return true
        if (parts.length > 0 && !parts.some(part => purlNames(part, pkg))) return false
        return names.some(one => productNames(one, artifact)) || isInside(names, pkg, artifact)
      }),
  }
  const timestamp = timeOf(statement) ?? timeOf(document)
  if (timestamp) decision.timestamp = timestamp
  const impact = stringAt(statement, 'impact_statement') ?? stringAt(statement, 'status_notes')
  const said = [stringAt(statement, 'justification'), impact].filter(Boolean)
  if (said.length > 0) decision.statement = said.join(': ')
  return decision
}

function timeOf(value: unknown): string | undefined {
  return stringAt(value, 'last_updated') ?? stringAt(value, 'timestamp')
}

function idsOf(vulnerability: unknown): string[] {
  if (typeof vulnerability === 'string') return [vulnerability]
  if (!isObject(vulnerability)) return []
  const name = stringAt(vulnerability, 'name') ?? stringAt(vulnerability, '@id')
  const aliases = itemsAt(vulnerability, 'aliases').filter(alias => typeof alias === 'string')
  return name ? [name, ...aliases] : aliases
}

function productOf(product: unknown): { names: string[]; parts: string[] } {
  if (typeof product === 'string') return { names: [product], parts: [] }
  return { names: namesOf(product), parts: itemsAt(product, 'subcomponents').flatMap(namesOf) }
}

function namesOf(component: unknown): string[] {
  if (typeof component === 'string') return [component]
  const purl = stringAt(own(component, 'identifiers'), 'purl')
  const id = stringAt(component, '@id')
  return [id, purl].filter(name => name !== undefined)
}
