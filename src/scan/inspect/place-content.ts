import type { FoundLicense, FoundMalware, FoundSecrets, Place, Scanner, Secret } from '../../base/model/content.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import type { LayerRef } from '../../base/model/package.ts'
import type { Overlay } from '../inventory/overlay.ts'
import type { ContentPart, PartFacts } from './content-part.ts'
import type { MalwareValue } from './parts.ts'

export interface PlaceInput {
  parts: readonly ContentPart[]
  /** For each part, layer by layer. */
  found: readonly (readonly PartFacts[])[]
  overlay: Overlay
  /** Empty for folders. */
  refs: readonly LayerRef[]
  skip?: ((path: string) => boolean) | undefined
}

/** What the scanners found in all layers, each with its layer and with the one that takes it away. A file that lies there unchanged in several layers is told once. */
export function placeContent({
  parts,
  found,
  overlay,
  refs,
  skip,
}: PlaceInput): Pick<Inventory, 'secrets' | 'malware' | 'licenseFiles'> {
  const placed: Pick<Inventory, 'secrets' | 'malware' | 'licenseFiles'> = {}
  for (const [at, { scanner }] of parts.entries()) {
    const facts = found[at]!.flatMap(({ facts: inLayer }, layer) =>
      inLayer
        .filter(({ path }) => !skip?.(path))
        .map(({ path, value }) => ({ place: placeOf(path, layer, overlay, refs), value })),
    )
    addTo(placed, scanner, facts)
  }
  return placed
}

function addTo(
  placed: Pick<Inventory, 'secrets' | 'malware' | 'licenseFiles'>,
  scanner: Scanner,
  facts: { place: Place; value: unknown }[],
): void {
  if (scanner === 'secret') {
    const all = facts.map(({ place, value }): FoundSecrets => ({ ...place, secrets: value as Secret[] }))
    placed.secrets = withoutRepeats(all)
  }
  if (scanner === 'malware')
    placed.malware = lastOfEach(
      facts.map(({ place, value }) => malwareAt(place, value as MalwareValue)),
      ({ path, sha256 }) => `${path}\0${sha256}`,
    )
  if (scanner === 'license')
    placed.licenseFiles = facts
      .filter(({ place }) => place.removedIn === undefined)
      .map(({ place, value }): FoundLicense => ({ ...place, licenses: value as FoundLicense['licenses'] }))
}

/** What stands in an archive lives and goes with it. */
function malwareAt(place: Place, { inner, ...value }: MalwareValue): FoundMalware {
  return { ...place, ...(inner !== undefined && { path: `${place.path}!${inner}` }), ...value }
}

function placeOf(path: string, layer: number, overlay: Overlay, refs: readonly LayerRef[]): Place {
  if (refs.length === 0) return { path }
  const place: Place = { path, layer: refs[layer]! }
  if (overlay.survives(path, layer)) return place
  for (let above = layer + 1; above < refs.length; above++)
    if (overlay.brokenBetween(path, above - 1, above + 1)) return { ...place, removedIn: refs[above]! }
  return place
}

/** The same secret at the same path in several layers is one: the last stands for it. */
function withoutRepeats(all: FoundSecrets[]): FoundSecrets[] {
  const last = new Map<string, FoundSecrets>()
  for (const one of all) for (const { fingerprint } of one.secrets) last.set(`${one.path}\0${fingerprint}`, one)
  return all
    .map(one => ({
      ...one,
      secrets: one.secrets.filter(({ fingerprint }) => last.get(`${one.path}\0${fingerprint}`) === one),
    }))
    .filter(({ secrets }) => secrets.length > 0)
}

function lastOfEach<Item>(all: Item[], key: (item: Item) => string): Item[] {
  const last = new Map(all.map(item => [key(item), item]))
  return all.filter(item => last.get(key(item)) === item)
}
