import { descendants, type XmlNode } from '../../input/xml.ts'
import { nevraOf } from '../csaf/products.ts'

/** A package as one distribution's release has it. */
export interface Built {
  ecosystem: string
  source: string
  name: string
  /** `''` where only the package is named. */
  version: string
  /** `''` where none is stated. */
  arch: string
}

/**
 * SUSE joins packages to products: `<Relationship ProductReference="bind-9.9.4P2-0.6.1" RelatesToProductReference="SUSE Linux Enterprise Server 11 SP2">` with an id of its
 * own, which is what a flaw's status names. Answers the packages that an id means; none for products above the distribution.
 */
export function packageReader(tree: XmlNode): (product: string) => Built[] {
  const joints = new Map<string, Built[]>()
  for (const joint of descendants(tree, 'Relationship')) {
    const component = joint.attributes.get('ProductReference') ?? ''
    const platform = joint.attributes.get('RelatesToProductReference') ?? ''
    const [, brand, rest] = /^(SUSE|openSUSE) ((?:Linux|Package Hub|Leap|Tumbleweed|\d).*)$/.exec(platform) ?? []
    const [, name = component, version] = /^(.{1,200})-([^-\s]{1,100}-[^-\s]{1,100})$/.exec(component) ?? []
    const built = brand
      ? [{ ecosystem: `${brand}:${rest}`, source: 'suse', name, version: version ?? '', arch: '' }]
      : []
    for (const product of descendants(joint, 'FullProductName'))
      joints.set(product.attributes.get('ProductID') ?? '', built)
  }
  const releases = new Map<string, Built[]>()
  return product => {
    const joined = joints.get(product) ?? releases.get(product)
    if (joined !== undefined) return joined
    const built = builtOn(tree, product)
    releases.set(product, built)
    return built
  }
}

/** openEuler's status names the release alone; its packages stand in the tree by architecture, each with the CPE of its release. */
function builtOn(tree: XmlNode, product: string): Built[] {
  const release = /^openEuler-(\d.*)$/.exec(product)?.[1]
  if (release === undefined) return []
  const found: Built[] = []
  for (const node of descendants(tree, 'FullProductName')) {
    const nevra = nevraOf(node.text.trim())
    const cpe = node.attributes.get('CPE') ?? ''
    if (nevra === undefined || nevra.arch === 'src' || !cpe.endsWith(`:openEuler:${release}`)) continue
    if (/-debug(?:info|source)(?:-|$)/.test(nevra.name)) continue
    found.push({ ecosystem: `openEuler:${release}`, source: 'openeuler', ...nevra })
  }
  return found
}
