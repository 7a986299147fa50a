import { itemsAt, own, stringAt } from '../../../base/json.ts'
import type { Decision, DecisionFile, VexStatus } from './decision.ts'
import { productNames, purlNames } from './product.ts'

const groups: [key: string, status: VexStatus][] = [
  ['known_not_affected', 'not_affected'],
  ['fixed', 'fixed'],
  ['first_fixed', 'fixed'],
  ['known_affected', 'affected'],
  ['first_affected', 'affected'],
  ['last_affected', 'affected'],
  ['under_investigation', 'under_investigation'],
]

const maxDepth = 32

/** CSAF 2.0 VEX (https://docs.oasis-open.org/csaf/csaf/v2.0/): product ids get their purls from the product tree; `product_status` says which are what. */
export function readCsaf(path: string, document: unknown): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  const products = productsOf(own(document, 'product_tree'))
  const tracking = own(own(document, 'document'), 'tracking')
  const timestamp = stringAt(tracking, 'current_release_date')
  const name = `${path}: ${stringAt(tracking, 'id') ?? 'CSAF'}`
  for (const vulnerability of itemsAt(document, 'vulnerabilities')) {
    const ids = [
      stringAt(vulnerability, 'cve'),
      ...itemsAt(vulnerability, 'ids').map(id => stringAt(id, 'text')),
    ].filter(id => id !== undefined)
    if (ids.length === 0) {
      file.problems.push({ source: name, detail: 'a vulnerability without an id' })
      continue
    }
    for (const [key, status] of groups) {
      const named = itemsAt(own(vulnerability, 'product_status'), key).filter(id => typeof id === 'string')
      const purls = [...new Set(named.flatMap(id => [...(products.get(id) ?? [])]))]
      if (purls.length === 0) continue
      const decision: Decision = {
        kind: 'vex',
        source: name,
        ids,
        status,
        concerns: (pkg, artifact) => purls.some(purl => purlNames(purl, pkg) || productNames(purl, artifact)),
      }
      if (timestamp) decision.timestamp = timestamp
      const said = statementOf(vulnerability, named)
      if (said) decision.statement = said
      file.decisions.push(decision)
    }
  }
  return file
}

/** Product id → purls, through branches, full names and relationships ("component of product" names the component). */
function productsOf(tree: unknown): Map<string, Set<string>> {
  const products = new Map<string, Set<string>>()
  const add = (id: string | undefined, purl: string | undefined) => {
    if (id && purl) products.set(id, (products.get(id) ?? new Set()).add(purl))
  }
  const product = (value: unknown) => {
    const helper = own(value, 'product_identification_helper')
    add(stringAt(value, 'product_id'), stringAt(helper, 'purl'))
  }
  const walk = (branches: unknown[], depth: number): void => {
    for (const branch of depth > maxDepth ? [] : branches) {
      product(own(branch, 'product'))
      walk(itemsAt(branch, 'branches'), depth + 1)
    }
  }
  walk(itemsAt(tree, 'branches'), 0)
  itemsAt(tree, 'full_product_names').forEach(product)
  for (const relation of itemsAt(tree, 'relationships')) {
    const whole = own(relation, 'full_product_name')
    product(whole)
    const part = stringAt(relation, 'product_reference')
    for (const purl of part ? (products.get(part) ?? []) : []) add(stringAt(whole, 'product_id'), purl)
  }
  return products
}

function statementOf(vulnerability: unknown, named: string[]): string | undefined {
  const about = (item: unknown) => itemsAt(item, 'product_ids').some(id => typeof id === 'string' && named.includes(id))
  const flag = itemsAt(vulnerability, 'flags').find(about)
  const impact = itemsAt(vulnerability, 'threats').find(
    threat => stringAt(threat, 'category') === 'impact' && about(threat),
  )
  const said = [stringAt(flag, 'label'), stringAt(impact, 'details')].filter(Boolean)
  return said.length > 0 ? said.join(': ') : undefined
}
