import { tmpdir } from 'node:os'
import { JennerError } from '../../base/errors.ts'
import type { Artifact, Incomplete, IncompleteCode, Inventory } from '../../base/model/inventory.ts'
import type { RemoteImage } from '../image/registry/image.ts'
import type { RegistryOptions } from '../image/registry/options.ts'
import type { Attempt } from './attempt.ts'
import type { ImageSourceName } from './find-image.ts'
import { knownInventory } from './known-inventory.ts'
import { makeFolder } from './make-folder.ts'
import type { InspectProgress, InspectRequest } from './request.ts'

export interface InspectOptions extends Omit<InspectRequest, 'target' | 'sources' | 'remote'> {
  /** Where an image is looked for, in this order. Default: Docker. */
  imageSources?: readonly ImageSourceName[]
  registry?: RegistryOptions
  /** No registry is asked. */
  offline?: boolean
  /** Milliseconds for everything. Default 30 minutes. */
  timeout?: number
  /** Milliseconds for one file. Default 30 s. */
  fileTimeout?: number
  /** Bytes that the reading process may hold. Default 1 GiB. */
  maxMemory?: number
  onProgress?: (progress: InspectProgress) => void
  signal?: AbortSignal
}

const minute = 60_000
/** A worker that dies of a file is started again without that file, so often. */
const maxAttempts = 4

/**
 * What is in an image or a folder, read by a process of its own with limits on memory, time and files and without a network. Whatever happens to that
 * process or is wrong with the bytes stands in `incomplete`. Throws JennerError for a target that is not there or cannot be opened, and the reason of `signal`.
 */
export async function inspect(target: InspectRequest['target'], options: InspectOptions = {}): Promise<Inventory> {
  const {
    timeout = 30 * minute,
    fileTimeout = minute / 2,
    maxMemory = 1024 ** 3,
    onProgress,
    signal,
    imageSources,
    registry,
    offline = false,
    ...rest
  } = options
  const deadline = Date.now() + timeout
  const request: InspectRequest = {
    ...rest,
    target,
    limits: { ...rest.limits, deadline: Math.min(deadline, rest.limits?.deadline ?? deadline) },
  }
  if (rest.cacheDir !== undefined && !makeFolder(rest.cacheDir)) delete request.cacheDir
  const limits: RoundLimits = { deadline, fileTimeout, maxMemory, onProgress, signal }
  if (target.kind !== 'image' || /^[a-z]+:\/\//.test(target.name)) return readInRounds(request, limits)
  const [{ findImage }, { storeRoots }] = await Promise.all([
    import('./find-image.ts'),
    import('../image/sources/store-roots.ts'),
  ])
  const find = { sources: imageSources, registry, offline, platform: rest.platform, deadline, onProgress, signal }
  try {
    return await findImage(target, find, from =>
      'stores' in from
        ? readInRounds({ ...request, sources: from.stores, storeRoots: storeRoots(process.env) }, limits)
        : readInRounds({ ...request, remote: from.remote.description }, limits, from.remote),
    )
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof JennerError) return failed(error, request, [])
    throw error
  }
}

interface RoundLimits {
  deadline: number
  fileTimeout: number
  maxMemory: number
  onProgress: InspectOptions['onProgress']
  signal: AbortSignal | undefined
}

/** Lets a process read the target; one that dies of a file is followed by another that passes that file over. */
async function readInRounds(request: InspectRequest, limits: RoundLimits, remote?: RemoteImage): Promise<Inventory> {
  const { deadline, fileTimeout, maxMemory, onProgress, signal } = limits
  const known = await knownInventory(request)
  const recalled = known?.recall()
  if (recalled) return recalled
  const [{ attempt }, { supplyLayer }] = await Promise.all([import('./attempt.ts'), import('./supply.ts')])
  const lost: Incomplete[] = []
  let artifact: Artifact | undefined
  for (let round = 1; ; round++) {
    signal?.throwIfAborted()
    const skip = lost.map(({ path }) => path)
    const hooks = {
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
      ...(remote && { supply: (index: number, next: number[]) => supplyLayer(remote, index, next) }),
    }
    const writable = [tmpdir(), ...(request.cacheDir === undefined ? [] : [request.cacheDir])]
    const result = await attempt({ request, skip }, { deadline, fileTimeout, maxMemory, writable, ...hooks })
    artifact = result.artifact ?? artifact
    if (result.inventory && result.whole && lost.length === 0) await known?.keep(result.inventory)
    if (result.inventory) return { ...result.inventory, incomplete: [...lost, ...result.inventory.incomplete] }
    // A document that is no SBOM is no target at all.
    if (result.error && request.target.kind === 'sbom') throw result.error
    if (result.error) return failed(result.error, request, lost)
    lost.push(causeOfDeath(result))
    if (result.file === undefined || result.death === 'timeout' || round === maxAttempts) {
      return emptyInventory(artifact ?? unknownArtifact(request), lost)
    }
  }
}

function causeOfDeath({ death, file, detail = '' }: Attempt): Incomplete {
  const codes: Record<NonNullable<Attempt['death']>, IncompleteCode> = {
    crash: 'worker_died',
    memory: 'memory',
    timeout: 'timed_out',
    hang: 'timed_out',
  }
  return { path: file ?? '', code: codes[death ?? 'crash'], detail }
}

/** Errors of the target itself go to whoever asked; bytes that cannot be read are a result. */
const dataErrors = new Set(['malformed', 'truncated', 'digest_mismatch', 'limit_exceeded', 'unsupported', 'timed_out'])

function failed({ code, detail }: JennerError, request: InspectRequest, lost: Incomplete[]): Inventory {
  if (!dataErrors.has(code)) throw new JennerError(code, detail)
  const reason: IncompleteCode = code === 'limit_exceeded' ? 'too_large' : (code as IncompleteCode)
  return emptyInventory(unknownArtifact(request), [...lost, { path: request.target.name, code: reason, detail }])
}

function unknownArtifact({ target }: InspectRequest): Artifact {
  const types = {
    fs: 'filesystem',
    rootfs: 'rootfs',
    repo: 'repository',
    image: 'container_image',
    archive: 'container_image',
    sbom: 'cyclonedx',
  } as const
  return { name: target.name, type: types[target.kind], repoTags: [], repoDigests: [], layers: [], size: 0 }
}

function emptyInventory(artifact: Artifact, incomplete: Incomplete[]): Inventory {
  return { artifact, packages: [], incomplete, timing: {} }
}
