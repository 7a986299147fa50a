import type { AnyExtractor } from '../../base/model/ecosystem.ts'
import type { Artifact, Incomplete, Inventory } from '../../base/model/inventory.ts'
import type { LayerRef } from '../../base/model/package.ts'
import { openImage, openLocalImage } from '../image/open.ts'
import type { ImageSource, OpenOptions } from '../image/source.ts'
import { openSuppliedImage } from '../image/sources/remote.ts'
import { buildPackages } from '../inventory/build.ts'
import type { CollectOptions } from '../inventory/collect.ts'
import { createDispatch } from '../inventory/dispatch.ts'
import { ecosystems } from '../inventory/ecosystems/index.ts'
import type { Problem } from '../inventory/layer-facts.ts'
import { osReleaseExtractor } from '../inventory/os-release/detect.ts'
import { sbomFiles } from '../inventory/sbom/extractor.ts'
import { folderReader } from './folder-reader.ts'
import { imageReader } from './image-reader.ts'
import { recallShape } from './known-shape.ts'
import { namedImages } from './named-images.ts'
import { openParts } from './parts.ts'
import { placeContent } from './place-content.ts'
import { type LayerReader, readFacts } from './read-layers.ts'
import { type InspectProgress, type InspectRequest, stagesOf } from './request.ts'
import { createSkip } from './skip.ts'
import type { Supply } from './supply.ts'

export interface RunHooks extends CollectOptions {
  onProgress?: (progress: InspectProgress) => void
  /** The artifact is known, its content not yet. */
  onArtifact?: (artifact: Artifact) => void
  /** Nothing was amiss with the image or any of its layers: reading it again would tell the same. */
  onWhole?: () => void
  /** Brings the layers of a remote image. */
  supply?: Supply
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
  const options: OpenOptions = {
    from: originOf(target),
    ...(request.platform && { platform: request.platform }),
    ...(request.dockerHost && { dockerHost: request.dockerHost }),
    ...(request.storeRoots && { storeRoots: request.storeRoots }),
    ...(request.verifyDiffIds && { verifyDiffIds: true }),
    ...(hooks.signal && { signal: hooks.signal }),
    onProgress: progress.onRead,
  }
  const next: { of: (index: number) => number[] } = { of: () => [] }
  const source = await openSource(request, options, index => hooks.supply!(index, next.of(index)))
  try {
    progress.source = source
    const keepShape = recallShape(source, request.cacheDir)
    // Should this process die, this is what is shown of the artifact.
    hooks.onArtifact?.(await withoutSecrets(source.artifact, { target }, {}))
    const reader = imageReader(source, request, selectExtractors(request))
    next.of = index => missingAfter(index, reader)
    const inventory = await inventoryOf(request, hooks, source.artifact, reader, source.problems, start)
    keepShape()
    if (reader.done() && source.problems.length === 0 && !hooks.skip?.size) hooks.onWhole?.()
    return inventory
  } finally {
    await source.close()
  }
}

async function openSource(
  { target, sources, remote }: InspectRequest,
  options: OpenOptions,
  supply: Parameters<typeof openSuppliedImage>[1],
): Promise<ImageSource> {
  if (remote) return openSuppliedImage(remote, supply, options)
  if (target.kind === 'image' && sources && options.from !== 'auto')
    return openLocalImage(target.name, sources, options)
  return openImage(target.name, options)
}

const ahead = 2

/** The next layers that will have to be read: they may be fetched meanwhile. */
function missingAfter(index: number, reader: LayerReader): number[] {
  const missing: number[] = []
  for (let later = index + 1; later < reader.count && missing.length < ahead; later++)
    if (reader.recall(later) === undefined) missing.push(later)
  return missing
}

function originOf({ kind, name }: InspectRequest['target']): 'auto' | 'file' | 'docker' {
  if (/^[a-z]+:\/\//.test(name)) return 'auto'
  return kind === 'archive' ? 'file' : 'docker'
}

function selectExtractors(request: InspectRequest): AnyExtractor[] {
  const stages = stagesOf(request)
  const all = [...ecosystems.flatMap(({ extractors }) => extractors), sbomFiles]
  // A folder may be a root: whoever scans `/` as a project must not read that no system package is bad.
  const ofRoots =
    request.target.kind === 'fs' && !stages.includes('installed')
      ? ecosystems.filter(one => one.class === 'os-pkgs').flatMap(({ extractors }) => extractors)
      : []
  return [osReleaseExtractor, ...ofRoots, ...all.filter(({ stage }) => stage === 'both' || stages.includes(stage))]
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
  const content = await openParts(request)
  const { layers, parts, overlay, problems, recalled } = await readFacts(
    reader,
    dispatch,
    hooks,
    content.parts,
  ).finally(content.close)
  const read = performance.now()
  const isImage = artifact.type === 'container_image'
  if (isImage) nameLayers(artifact, layers)
  const skip = createSkip(request.skipDirs, request.skipFiles)
  const refs = isImage ? artifact.layers.map(refOf) : []
  const found = placeContent({ parts: content.parts, found: parts, overlay, refs, skip })
  const shown = await withoutSecrets(artifact, request, found)
  const built = buildPackages({
    ecosystems,
    dispatch,
    layers,
    overlay,
    refs,
    ...(skip && { skip }),
    ...(request.includeDevelopment === false && { includeDevelopment: false }),
    ...(request.keepFiles && { keepFiles: true }),
  })
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0)
  if (!isImage) artifact.size = bytes
  if (artifact.type === 'filesystem' || artifact.type === 'repository') {
    const images = namedImages(artifact.name, skip)
    if (images.length > 0) artifact.images = images
  }
  const inParts = parts.flat().flatMap(facts => facts.problems)
  const notices = inParts.filter(({ notice }) => notice === true)
  return {
    artifact: shown,
    ...(built.os && { os: built.os }),
    packages: built.packages,
    ...found,
    incomplete: incompleteOf(
      [
        ...opening,
        ...layers.flatMap(layer => layer.problems),
        ...problems,
        ...built.problems,
        ...content.problems,
        ...inParts.filter(({ notice }) => notice !== true),
      ],
      skip,
    ),
    ...(notices.length > 0 && { notices: incompleteOf(notices, skip) }),
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

function refOf({ index, digest, diffId }: Artifact['layers'][number]): LayerRef {
  return { index, ...(digest && { digest }), ...(diffId && { diffId }) }
}

/** The artifact as it may be shown: secrets in its configuration and history are findings where they are looked for, and masked always. */
async function withoutSecrets(
  artifact: Artifact,
  { scanners = [] }: InspectRequest,
  found: Pick<Inventory, 'secrets'>,
): Promise<Artifact> {
  if (artifact.config === undefined && !artifact.layers.some(({ createdBy }) => createdBy)) return artifact
  const { maskConfig, maskText, secretsOfConfig } = await import('../secrets/image-config.ts')
  if (scanners.includes('secret')) found.secrets = [...(found.secrets ?? []), ...secretsOfConfig(artifact.config)]
  const layers = artifact.layers.map(layer =>
    layer.createdBy ? { ...layer, createdBy: maskText(layer.createdBy, 'dockerfile') } : layer,
  )
  return { ...artifact, layers, ...(artifact.config && { config: maskConfig(artifact.config) }) }
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
