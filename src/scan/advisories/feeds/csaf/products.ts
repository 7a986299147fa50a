import { parsePurl } from '../../../../base/purl.ts'
import { type Fields, fields, list, str } from '../fields.ts'

/** A package of one platform, as a product id of a CSAF document names it. */
export interface Product {
  ecosystem: string
  name: string
  /** epoch:version-release; '' where only the package is named. */
  version: string
  /** '' where none is stated. */
  arch: string
  module: string
}

interface Branch {
  name: string
  cpe: string
  purl: string
}

/**
 * CSAF section 3.2.2: the product tree names platforms and components in its branches and joins them by relationships (`default_component_of`); a component may be
 * itself a joint (package of a module of a platform). Answers what a joint id means, or undefined when it is no package of a platform that we know.
 */
export function productReader(tree: Fields): (id: string) => Product | undefined {
  const branches = new Map<string, Branch>()
  for (const product of list(tree.full_product_names)) addProduct(branches, fields(product))
  visit(branches, list(tree.branches), 0)
  const joints = new Map<string, { component: string; platform: string }>()
  for (const relationship of list(tree.relationships).map(fields)) {
    const id = str(fields(relationship.full_product_name).product_id)
    joints.set(id, {
      component: str(relationship.product_reference),
      platform: str(relationship.relates_to_product_reference),
    })
  }
  return id => {
    let component = id
    let platform = ''
    let module = ''
    for (let step = 0; step < 4; step++) {
      const joint = joints.get(step === 0 ? id : platform)
      if (joint === undefined) break
      if (step === 0) component = joint.component
      else module = joint.component
      platform = joint.platform
    }
    const ecosystem = ecosystemOf(branches.get(platform))
    return ecosystem === undefined ? undefined : packageOf(ecosystem, component, branches.get(component), module)
  }
}

function visit(branches: Map<string, Branch>, list_: unknown[], depth: number): void {
  if (depth > 12) return
  for (const branch of list_.map(fields)) {
    if (branch.product !== undefined) addProduct(branches, fields(branch.product))
    visit(branches, list(branch.branches), depth + 1)
  }
}

function addProduct(branches: Map<string, Branch>, product: Fields): void {
  const helper = fields(product.product_identification_helper)
  branches.set(str(product.product_id), { name: str(product.name), cpe: str(helper.cpe), purl: str(helper.purl) })
}

/** Platforms whose packages the distribution itself ships; products on top of them (OpenShift, JBoss, SUSE Manager …) are not read. */
function ecosystemOf(platform: Branch | undefined): string | undefined {
  if (platform === undefined) return undefined
  const redhat =
    /^cpe:\/[ao]:redhat:((?:enterprise_linux|rhel_(?:eus|e4s|aus|tus|els|eus_long_life|aus_long_life)):\d.*)$/.exec(
      platform.cpe,
    )?.[1]
  if (redhat !== undefined) return `Red Hat:${redhat}`
  if (/^cpe:\/[ao]:redhat:hummingbird(?::|$)/.test(platform.cpe)) return 'Hummingbird'
  const openeuler = /^cpe:\/[ao]:openEuler:openEuler:(.+)$/.exec(platform.cpe)?.[1]
  if (openeuler !== undefined) return `openEuler:${openeuler}`
  const suse = /^(SUSE|openSUSE) (Linux Enterprise|Linux Micro|Package Hub|Leap|Tumbleweed)\b/.exec(platform.name)
  return suse === null ? undefined : `${suse[1]}:${platform.name.slice(suse[1]!.length + 1)}`
}

function packageOf(ecosystem: string, id: string, branch: Branch | undefined, moduleId: string): Product | undefined {
  const purl = parsePurl(branch?.purl ?? '')
  const slash = /^([^/]+):([^/]+)\/(.+)$/.exec(id)
  const module = purl?.qualifiers?.rpmmod ?? (slash === null ? moduleId : `${slash[1]}:${slash[2]}`)
  const stream = /^[^:]+:[^:]+/.exec(module)?.[0] ?? ''
  if (purl !== undefined && purl.type !== 'rpm') return undefined
  if (purl?.version !== undefined) {
    const epoch = purl.qualifiers?.epoch ?? '0'
    const version = `${epoch === '0' ? '' : `${epoch}:`}${purl.version}`
    return { ecosystem, name: purl.name, version, arch: purl.qualifiers?.arch ?? '', module: stream }
  }
  const nevra = nevraOf(id)
  if (nevra !== undefined) return { ecosystem, ...nevra, module: stream }
  const bare = purl?.name ?? slash?.[3] ?? id
  const source = bare.endsWith('.src')
  const name = source ? bare.slice(0, -4) : bare
  return /^[\w.+-]+$/.test(name)
    ? { ecosystem, name, version: '', arch: source ? 'src' : (purl?.qualifiers?.arch ?? ''), module: stream }
    : undefined
}

/** `name-[epoch:]version-release.arch`, with or without `.rpm`. */
export function nevraOf(text: string): { name: string; version: string; arch: string } | undefined {
  const match =
    /^(.+)-(?:(\d+):)?([^-:]+)-([^-:]+)\.(x86_64|aarch64|ppc64le|ppc64|ppc|s390x|s390|i[3-6]86|noarch|src|nosrc|armv7hl|loongarch64|riscv64|athlon)(?:\.rpm)?(?:-.*)?$/.exec(
      text,
    )
  if (match === null) return undefined
  const [, name, epoch, version, release, arch] = match
  return {
    name: name!,
    version: `${epoch === undefined || epoch === '0' ? '' : `${epoch}:`}${version}-${release}`,
    arch: arch!,
  }
}
