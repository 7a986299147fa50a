import type { IncompleteCode } from '../../../base/model/inventory.ts'
import { closeBlob, openBlob } from '../blob.ts'
import type { RemoteDescription } from '../registry/image.ts'
import type { ImageSource, OpenOptions } from '../source.ts'
import { createImageSource, type SuppliedLayer } from './image.ts'

/** What another process answers that fetches layers: a path to verified bytes, or why there is none. */
export type LayerAnswer = { path: string } | { code: IncompleteCode; detail: string }

/** An image whose description was fetched before, and whose layers `supply` brings one by one: this process needs no network. */
export function openSuppliedImage(
  description: RemoteDescription,
  supply: (index: number) => Promise<LayerAnswer>,
  options: OpenOptions,
): ImageSource {
  const open = new Map<number, SuppliedLayer>()
  const supplyLayer = async (index: number): Promise<SuppliedLayer> => {
    const known = open.get(index)
    if (known !== undefined) return known
    const answer = await supply(index)
    const layer = 'path' in answer ? { blob: openBlob(answer.path) } : { problem: answer }
    open.set(index, layer)
    return layer
  }
  return createImageSource(
    {
      ...description,
      addressedBy: 'digest',
      supply: supplyLayer,
      close() {
        for (const layer of open.values()) if ('blob' in layer) closeBlob(layer.blob)
      },
    },
    options,
  )
}
