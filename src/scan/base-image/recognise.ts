import { hash } from 'node:crypto'
import { own, stringAt } from '../../base/json.ts'
import type { BaseImage, KnownImage } from '../../base/model/base-image.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import type { Package } from '../../base/model/package.ts'
import { baseLayersByHistory } from './history.ts'

const osTypes = new Set(['deb', 'apk', 'rpm', 'alpm', 'ebuild'])
/** A set smaller than this is like many others. */
const leastPackages = 5

/**
 * What an image stands on, by the strongest evidence there is: a known image whose layers begin ours; the label by which the image names it
 * (`org.opencontainers.image.base.name`, `.digest`); a known image whose OS packages are all in ours; the history alone. Pure.
 */
export function recogniseBase(inventory: Inventory, catalogue: readonly KnownImage[]): BaseImage | undefined {
  const { artifact, packages } = inventory
  if (artifact.type !== 'container_image' || artifact.layers.length === 0) return undefined
  const diffIds = artifact.layers.map(({ diffId }) => diffId)
  const label = labelledBase(artifact.config)
  const byHistory = baseLayersByHistory(artifact.config)
  const byLayers = longestPrefix(diffIds, catalogue)
  if (byLayers) return withLabel(byLayers, label)
  if (label) return { ...label, how: 'label', layers: Math.min(byHistory ?? 1, diffIds.length) }
  const byPackages = largestSubset(packages, catalogue, diffIds)
  if (byPackages) return { ...byPackages, layers: layersOfPackages(packages, byHistory) }
  return byHistory === undefined || byHistory >= diffIds.length ? undefined : { how: 'history', layers: byHistory }
}

/** Whether the base brought the package. Undefined where no layer is known. */
export function isFromBase({ layer }: Pick<Package, 'layer'>, base: BaseImage): boolean | undefined {
  return layer === undefined ? undefined : layer.index < base.layers
}

/** A known image of an inventory: what a catalogue keeps. Undefined for what is no image or has no name. */
export function knownImageOf({ artifact, packages }: Inventory): KnownImage | undefined {
  const diffIds = artifact.layers.flatMap(({ diffId }) => diffId ?? [])
  const name = artifact.repoTags[0] ?? artifact.name
  if (
    artifact.type !== 'container_image' ||
    diffIds.length === 0 ||
    diffIds.length < artifact.layers.length ||
    name === ''
  )
    return undefined
  const digest = artifact.repoDigests[0]?.split('@')[1]
  const created = stringAt(artifact.config, 'created')
  const marks = marksOf(packages)
  return {
    name,
    ...(digest && { digest }),
    diffIds,
    ...(created && { created }),
    ...(artifact.size > 0 && { size: artifact.size }),
    ...(marks.length > 0 && { packages: marks }),
  }
}

/** What stands for each OS package in a catalogue, sorted. */
export function marksOf(packages: readonly Pick<Package, 'name' | 'version' | 'type'>[]): string[] {
  const marks = packages
    .filter(({ type }) => osTypes.has(type))
    .map(({ name, version }) => hash('sha256', `${name}@${version}`, 'hex').slice(0, 8))
  return [...new Set(marks)].sort()
}

type Named = Pick<BaseImage, 'name' | 'digest' | 'otherNames'>

function labelledBase(config: Record<string, unknown> | undefined): Named | undefined {
  const labels = own(own(config, 'config'), 'Labels')
  const name = stringAt(labels, 'org.opencontainers.image.base.name')?.slice(0, 512)
  const digest = stringAt(labels, 'org.opencontainers.image.base.digest')
  if (!name) return undefined
  return { name, ...(digest && /^sha256:[0-9a-f]{64}$/.test(digest) && { digest }) }
}

/** A label tells which of several names of one chain was meant. */
function withLabel(base: BaseImage, label: Named | undefined): BaseImage {
  const names = [base.name!, ...(base.otherNames ?? [])]
  const meant = label?.name && names.find(name => shortName(name) === shortName(label.name!))
  if (!meant) return base
  const others = names.filter(name => name !== meant)
  return { ...base, name: meant, ...(others.length > 0 && { otherNames: others }) }
}

const shortName = (name: string) => name.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '')

/** The known image with the most layers of which ours are a proper continuation. */
function longestPrefix(diffIds: (string | undefined)[], catalogue: readonly KnownImage[]): BaseImage | undefined {
  let best: KnownImage[] = []
  let most = 0
  for (const image of catalogue) {
    const { length } = image.diffIds
    if (length < most || length === 0 || length >= diffIds.length) continue
    if (!image.diffIds.every((diffId, index) => diffId === diffIds[index])) continue
    if (length > most) best = []
    most = length
    best.push(image)
  }
  const [first, ...others] = best
  if (!first) return undefined
  const otherNames = [...new Set(others.map(({ name }) => name))].filter(name => name !== first.name)
  return {
    name: first.name,
    ...(first.digest && { digest: first.digest }),
    how: 'layers',
    layers: most,
    ...(otherNames.length > 0 && { otherNames }),
  }
}

/** The known image of the most OS packages that are all here in the same versions: a squashed or rebuilt image keeps these, not the layers. */
function largestSubset(
  packages: readonly Package[],
  catalogue: readonly KnownImage[],
  diffIds: (string | undefined)[],
): Omit<BaseImage, 'layers'> | undefined {
  if (!catalogue.some(image => (image.packages?.length ?? 0) >= leastPackages)) return undefined
  const ours = new Set(marksOf(packages))
  let best: KnownImage | undefined
  for (const image of catalogue) {
    const marks = image.packages ?? []
    if (marks.length < leastPackages || marks.length <= (best?.packages?.length ?? 0)) continue
    const isOurself = image.diffIds.length === diffIds.length && image.diffIds.every((id, at) => id === diffIds[at])
    if (!isOurself && marks.every(mark => ours.has(mark))) best = image
  }
  return best && { name: best.name, ...(best.digest && { digest: best.digest }), how: 'packages' }
}

/** With the packages alone to go by, the base ends with the history's mark, else with the layer that first brought an OS package. */
function layersOfPackages(packages: readonly Package[], byHistory: number | undefined): number {
  if (byHistory !== undefined) return byHistory
  const layers = packages.filter(({ type }) => osTypes.has(type)).flatMap(({ layer }) => layer?.index ?? [])
  return layers.length === 0 ? 1 : Math.min(...layers) + 1
}
