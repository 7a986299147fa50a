import { itemsAt, own, stringAt } from '../../../base/json.ts'
import type { Package } from '../../../base/model/package.ts'
import type { ArtifactIdentity, Decision, DecisionFile, VexStatus } from './decision.ts'
import { isInside, productNames, purlNames } from './product.ts'

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
      const about = named.flatMap(id => products.get(id) ?? [])
      if (about.length === 0) continue
      const decision: Decision = {
        kind: 'vex',
        source: name,
        ids,
        status,
        concerns: (pkg, artifact) => about.some(product => isAbout(product, pkg, artifact)),
      }
      if (timestamp) decision.timestamp = timestamp
      const said = statementOf(vulnerability, named)
      if (said) decision.statement = said
      file.decisions.push(decision)
    }
  }
  return file
}

/** What a product id means: a package or artifact by its purl, or a part of such a whole. Of a whole without a purl only its CPE is known. */
interface Product {
  purl: string
  whole?: { purls: string[]; cpe: string }
}

function isAbout({ purl, whole }: Product, pkg: Package, artifact: ArtifactIdentity | undefined): boolean {
  if (whole === undefined) return purlNames(purl, pkg) || productNames(purl, artifact)
  if (!purlNames(purl, pkg)) return false
  if (whole.purls.length === 0) return sameRelease(whole.cpe, pkg)
  return whole.purls.some(one => productNames(one, artifact)) || isInside(whole.purls, pkg, artifact)
}

/** `cpe:/o:redhat:enterprise_linux:9` does not speak of `1-1.el8`. */
function sameRelease(cpe: string, { type, version }: Package): boolean {
  const wanted = /:redhat:(?:enterprise_linux|rhel_[a-z0-9_]+):(\d+)/.exec(cpe)?.[1]
  const own = type === 'rpm' ? /[.+_]el(\d+)/.exec(version)?.[1] : undefined
  return wanted === undefined || own === undefined || wanted === own
}

/** Product id → products, through branches, full names and relationships ("component of product"). */
function productsOf(tree: unknown): Map<string, Product[]> {
  const products = new Map<string, Product[]>()
  const cpes = new Map<string, string>()
  const add = (id: string | undefined, product: Product | undefined) => {
    if (id && product) products.set(id, [...(products.get(id) ?? []), product])
  }
  const product = (value: unknown) => {
    const helper = own(value, 'product_identification_helper')
    const [id, purl, cpe] = [stringAt(value, 'product_id'), stringAt(helper, 'purl'), stringAt(helper, 'cpe')]
    add(id, purl ? { purl } : undefined)
    if (id && cpe) cpes.set(id, cpe)
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
    const full = own(relation, 'full_product_name')
    product(full)
    const of = stringAt(relation, 'relates_to_product_reference') ?? ''
    const above = products.get(of) ?? []
    // A package of a module of a platform: the module is no artifact.
    const whole = above[0]?.whole ?? { purls: above.map(one => one.purl), cpe: cpes.get(of) ?? '' }
    for (const part of products.get(stringAt(relation, 'product_reference') ?? '') ?? [])
      add(stringAt(full, 'product_id'), { purl: part.purl, whole })
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
