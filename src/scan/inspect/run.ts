import type { AnyExtractor } from '../../base/model/ecosystem.ts'
import type { Artifact, Incomplete, Inventory } from '../../base/model/inventory.ts'
import { openImage } from '../image/open.ts'
import type { ImageSource } from '../image/source.ts'
import { buildPackages } from '../inventory/build.ts'
import type { CollectOptions } from '../inventory/collect.ts'
import { createDispatch } from '../inventory/dispatch.ts'
import { ecosystems } from '../inventory/ecosystems/index.ts'
import type { Problem } from '../inventory/layer-facts.ts'
import { osReleaseExtractor } from '../inventory/os-release/detect.ts'
import { sbomFiles } from '../inventory/sbom/extractor.ts'
import { folderReader } from './folder-reader.ts'
import { imageReader } from './image-reader.ts'
import { type LayerReader, readFacts } from './read-layers.ts'
import { type InspectProgress, type InspectRequest, stagesOf } from './request.ts'
import { createSkip } from './skip.ts'

export interface RunHooks extends CollectOptions {
  onProgress?: (progress: InspectProgress) => void
  /** The artifact is known, its content not yet. */
  onArtifact?: (artifact: Artifact) => void
  signal?: AbortSignal
}

/**
 * Reads a target in this process and tells what is in it. Throws JennerError when the target itself cannot be opened;
 * whatever is wrong inside it stands in `incomplete`.
 */
export async function runInspection(request: InspectRequest, hooks: RunHooks = {}): Promise<Inventory> {
  const start = performance.now()
  const { target } = request
  if (target.kind !== 'image' && target.kind !== 'archive') {
    const artifact = folderArtifact(request)
    hooks.onArtifact?.(artifact)
    return inventoryOf(request, hooks, artifact, folderReader(request, hooks), [], start)
  }
  const progress = imageProgress(hooks)
  const source = await openImage(target.name, {
    from: originOf(target),
    ...(request.platform && { platform: request.platform }),
    ...(request.dockerHost && { dockerHost: request.dockerHost }),
    ...(request.verifyDiffIds && { verifyDiffIds: true }),
    ...(hooks.signal && { signal: hooks.signal }),
    onProgress: progress.onRead,
  })
  try {
    progress.source = source
    hooks.onArtifact?.(source.artifact)
    const reader = imageReader(source, request, selectExtractors(request))
    const inventory = await inventoryOf(request, hooks, source.artifact, reader, source.problems, start)
    reader.done()
    return inventory
  } finally {
    await source.close()
  }
}

function originOf({ kind, name }: InspectRequest['target']): 'auto' | 'file' | 'docker' {
  if (/^[a-z]+:\/\//.test(name)) return 'auto'
  return kind === 'archive' ? 'file' : 'docker'
}

function selectExtractors(request: InspectRequest): AnyExtractor[] {
  const stages = stagesOf(request)
  const all = [...ecosystems.flatMap(({ extractors }) => extractors), sbomFiles]
  return [osReleaseExtractor, ...all.filter(({ stage }) => stages.includes(stage))]
}

async function inventoryOf(
  request: InspectRequest,
  hooks: RunHooks,
  artifact: Artifact,
  reader: LayerReader,
  opening: readonly Problem[],
  start: number,
): Promise<Inventory> {
  const opened = performance.now()
  const dispatch = createDispatch(selectExtractors(request))
  const { layers, overlay, problems, recalled } = await readFacts(reader, dispatch, hooks)
  const read = performance.now()
  const isImage = artifact.type === 'container_image'
  if (isImage) nameLayers(artifact, layers)
  const skip = createSkip(request.skipDirs, request.skipFiles)
  const built = buildPackages({
    ecosystems,
    dispatch,
    layers,
    overlay,
    refs: isImage
      ? artifact.layers.map(({ index, digest, diffId }) => ({
          index,
          ...(digest && { digest }),
          ...(diffId && { diffId }),
        }))
      : [],
    ...(skip && { skip }),
    ...(request.includeDevelopment === false && { includeDevelopment: false }),
    ...(request.keepFiles && { keepFiles: true }),
  })
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0)
  if (!isImage) artifact.size = bytes
  return {
    artifact,
    ...(built.os && { os: built.os }),
    packages: built.packages,
    incomplete: incompleteOf(
      [...opening, ...layers.flatMap(layer => layer.problems), ...problems, ...built.problems],
      skip,
    ),
    timing: {
      open: Math.round(opened - start),
      read: Math.round(read - opened),
      merge: Math.round(performance.now() - read),
      bytes,
      entries: layers.reduce((sum, layer) => sum + layer.entries, 0),
      layers: layers.length,
      layersFromCache: recalled,
    },
  }
}

/** Digests that we computed stand in for those that the artifact did not state. */
function nameLayers(artifact: Artifact, layers: readonly { digest?: string; diffId?: string }[]): void {
  for (const shown of artifact.layers) {
    const { digest, diffId } = layers[shown.index] ?? {}
    if (shown.digest === undefined && shown.diffId === undefined && digest) shown.digest = digest
    if (shown.diffId === undefined && diffId) shown.diffId = diffId
  }
}

const maxIncomplete = 10_000

/** Each once; what the user chose not to look at is not missing. */
function incompleteOf(problems: readonly Problem[], skip?: (path: string) => boolean): Incomplete[] {
  const seen = new Map<string, Incomplete>()
  for (const { path, code, detail } of problems) {
    if (skip?.(path)) continue
    seen.set(`${path}\0${code}\0${detail}`, { path, code, detail })
  }
  const all = [...seen.values()]
  if (all.length <= maxIncomplete) return all
  return [
    ...all.slice(0, maxIncomplete),
    { path: '', code: 'too_many', detail: `${all.length - maxIncomplete} more problems` },
  ]
}

function folderArtifact({ target }: InspectRequest): Artifact {
  const types = { fs: 'filesystem', rootfs: 'rootfs', repo: 'repository' } as const
  const type = types[target.kind as keyof typeof types]
  return { name: target.name, type, repoTags: [], repoDigests: [], layers: [], size: 0 }
}

/** Turns the progress of one layer into that of the image. */
function imageProgress({ onProgress }: RunHooks) {
  const state = {
    source: undefined as ImageSource | undefined,
    onRead({
      phase,
      index = 0,
      done,
      total,
    }: {
      phase: 'spool' | 'layer'
      index?: number
      done: number
      total?: number
    }): void {
      if (!onProgress) return
      if (phase === 'spool') return onProgress({ phase: 'fetch', bytes: done, ...(total && { totalBytes: total }) })
      const layers = state.source?.artifact.layers ?? []
      const sum = (upTo: number) => layers.slice(0, upTo).reduce((bytes, { size }) => bytes + size, 0)
      onProgress({
        phase: 'layers',
        layer: index,
        layers: layers.length,
        bytes: sum(index) + done,
        totalBytes: sum(layers.length),
      })
    },
  }
  return state
}
