import type { Inventory } from '../../base/model/inventory.ts'
import type { Package } from '../../base/model/package.ts'

/** A digest for tests. */
export const digest = (name: string): string => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`

/** An OS package for tests, of a layer. */
export function osPackage(name: string, version: string, layer?: number): Package {
  return {
    id: `${name}@${version}`,
    name,
    version,
    type: 'deb',
    purl: `pkg:deb/debian/${name}@${version}`,
    foundBy: 'debian',
    path: 'var/lib/dpkg/status',
    licenses: [],
    dependsOn: [],
    ...(layer !== undefined && { layer: { index: layer } }),
  }
}

/** An image's inventory for tests: one letter a layer. */
export function imageOf(
  name: string,
  layers: string,
  rest: { packages?: Package[]; config?: Record<string, unknown>; size?: number } = {},
): Inventory {
  return {
    artifact: {
      name,
      type: 'container_image',
      repoTags: [name],
      repoDigests: [],
      layers: [...layers].map((letter, index) => ({ index, diffId: digest(letter), size: 1 })),
      size: rest.size ?? 0,
      ...(rest.config && { config: rest.config }),
    },
    packages: rest.packages ?? [],
    incomplete: [],
    timing: {},
  }
}
