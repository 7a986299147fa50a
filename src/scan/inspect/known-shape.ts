import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isObject } from '../../base/json.ts'
import type { Artifact } from '../../base/model/inventory.ts'
import type { ImageSource } from '../image/source.ts'
import { layerCommands } from '../image/sources/image.ts'
import { readEntry, writeEntry } from './cache-entry.ts'
import { makeFolder } from './make-folder.ts'

/** What Docker tells of an image only with its bytes. No configuration: that may hold secrets. */
interface Shape {
  /** Of each layer as stored. */
  sizes: number[]
  /** Of each step of the history: it made no layer. */
  empty: boolean[]
}

/**
 * Makes an image that is not fetched, since all its layers are known, look as it did when it was: its layers' sizes, and which command made which.
 * Answers what to call after a reading, which keeps that for the next time.
 */
export function recallShape({ artifact, addressedBy }: ImageSource, cacheDir: string | undefined): () => void {
  const { imageId } = artifact
  if (cacheDir === undefined || imageId === undefined || addressedBy !== 'diffId' || !isUnmeasured(artifact))
    return () => {}
  const folder = join(cacheDir, 'layers')
  const file = join(folder, `shape-${createHash('sha256').update(imageId).digest('hex').slice(0, 40)}.zst`)
  const known = readEntry(file)
  if (isShape(known)) apply(artifact, known)
  return () => {
    if (isShape(known) || isUnmeasured(artifact) || !makeFolder(folder)) return
    writeEntry(file, shapeOf(artifact))
  }
}

function isUnmeasured({ layers }: Artifact): boolean {
  return layers.length > 0 && layers.every(({ size }) => size === 0)
}

function isShape(value: unknown): value is Shape {
  return isObject(value) && Array.isArray(value.sizes) && Array.isArray(value.empty)
}

function stepsOf({ config }: Artifact): Record<string, unknown>[] {
  return Array.isArray(config?.history) ? config.history.filter(isObject) : []
}

function shapeOf(artifact: Artifact): Shape {
  return {
    sizes: artifact.layers.map(({ size }) => size),
    empty: stepsOf(artifact).map(step => step.empty_layer === true),
  }
}

function apply(artifact: Artifact, { sizes, empty }: Shape): void {
  const steps = stepsOf(artifact)
  if (sizes.length !== artifact.layers.length || empty.length !== steps.length) return
  const history = steps.map(({ empty_layer: _, ...step }, index) =>
    empty[index] ? { ...step, empty_layer: true } : step,
  )
  artifact.config = { ...artifact.config, history }
  const commands = layerCommands(artifact.config, sizes.length)
  artifact.layers = artifact.layers.map(({ createdBy: _, ...layer }, index) => {
    const command = commands[index]
    return { ...layer, size: sizes[index] ?? 0, ...(command !== undefined && { createdBy: command }) }
  })
}
