import type { AdvisoryRecord } from '../../../../base/model/advisory.ts'
import { canonicalEcosystem } from '../../../inventory/distros/names.ts'
import { childrenOf, type XmlNode } from '../../input/xml.ts'
import { unique } from '../fields.ts'
import type { Objects } from './objects.ts'

/** What a SUSE definition says of one package of one product. */
export interface SuseSaid extends Pick<AdvisoryRecord, 'status' | 'intervals'> {
  ecosystem: string
  name: string
  arches: string[]
}

/**
 * SUSE's definitions are of a CVE over all products at once. A branch of the criteria names its products ("SUSE Linux Enterprise Server 15 SP1-LTSS is installed"), one or
 * a choice of several, beside the packages that it is about: `kernel-default-4.12.14-197.89.2 is installed` with a test for less than that, or `kernel-default is not affected`.
 * Products above the distribution (Manager, Enterprise Storage …) are left out. `otherwise` is the product of criteria that name none as people do (`suse102 is installed`).
 */
export function suseStatements(criteria: XmlNode[], objects: Objects, otherwise: string): SuseSaid[] {
  const found = new Map<string, SuseSaid>()
  for (const said of criteria.flatMap(one => [...statements(one, objects, [otherwise])])) {
    const key = [said.ecosystem, said.name, said.status, said.intervals[0]?.fixed].join('\n')
    const known = found.get(key)
    const every = known?.arches.length === 0 || said.arches.length === 0
    found.set(key, { ...said, arches: every ? [] : unique([...(known?.arches ?? []), ...said.arches]) })
  }
  return [...found.values()].filter(({ ecosystem }) => ecosystem !== '')
}

function* statements(criteria: XmlNode, objects: Objects, products: string[]): Generator<SuseSaid> {
  const inner = childrenOf(criteria, 'criteria')
  const choices = inner.filter(one => isChoice(one))
  const own = [criteria, ...choices].flatMap(one => childrenOf(one, 'criterion')).flatMap(one => productOf(one) ?? [])
  const here = own.length > 0 ? unique(own) : products
  for (const criterion of childrenOf(criteria, 'criterion')) {
    const said = saidOf(criterion, objects)
    if (said !== undefined) for (const ecosystem of here) yield { ecosystem, ...said }
  }
  for (const one of inner) if (!choices.includes(one)) yield* statements(one, objects, here)
}

/** A choice of products, with nothing else in it. */
function isChoice(criteria: XmlNode): boolean {
  const all = childrenOf(criteria, 'criterion')
  return all.length > 0 && all.length === criteria.children.length && all.every(one => productOf(one) !== undefined)
}

/** The ecosystem of a product that must be installed: '' where it is no distribution; undefined where the criterion is not about a product. */
function productOf(criterion: XmlNode): string | undefined {
  const product = /^((?:SUSE|openSUSE|Open Enterprise|SLE) .{1,200}|sle[sd]\d.{0,60}) is installed$/.exec(
    criterion.attributes.get('comment') ?? '',
  )?.[1]
  if (product === undefined) return undefined
  const rest = /^(?:SUSE ((?:Linux|Package Hub) .+)|(sle[sd]\d.*))$/.exec(product)
  if (rest) return canonicalEcosystem(`SUSE:${rest[1] ?? rest[2]}`)
  const open = /^openSUSE (.+)$/.exec(product)?.[1]
  return open === undefined ? '' : canonicalEcosystem(`openSUSE:${open}`)
}

function saidOf(criterion: XmlNode, objects: Objects): Omit<SuseSaid, 'ecosystem'> | undefined {
  const test = objects.tests.get(criterion.attributes.get('test_ref') ?? '')
  const state = objects.states.get(test?.state ?? '')
  const name = objects.names.get(test?.object ?? '') ?? ''
  if (name !== '' && state?.operation === 'less than') {
    const fixed = state.evr.replace(/^0:/, '')
    return { name, status: 'fixed', intervals: [{ fixed }], arches: state.arches }
  }
  const [, word, not] = /^(\S{1,200}) is (not )?affected$/.exec(criterion.attributes.get('comment') ?? '') ?? []
  if (word === undefined) return undefined
  return { name: name || word, status: not ? 'not_affected' : 'affected', intervals: [{}], arches: [] }
}
