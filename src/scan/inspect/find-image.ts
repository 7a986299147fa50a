import { JennerError } from '../../base/errors.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import { notFound } from '../image/open.ts'
import { openRemoteImage, type RemoteImage } from '../image/registry/image.ts'
import type { RegistryOptions } from '../image/registry/options.ts'
import type { InspectProgress, InspectTarget, LocalStore } from './request.ts'

/** Where an image is looked for: stores of this machine, and `remote`, its registry. */
export const imageSources = ['docker', 'containerd', 'podman', 'remote'] as const
export type ImageSourceName = (typeof imageSources)[number]

export interface FindOptions {
  /** In this order. Default `docker`. */
  sources: readonly ImageSourceName[] | undefined
  registry: RegistryOptions | undefined
  /** No registry is asked. */
  offline: boolean
  platform: string | undefined
  deadline: number
  onProgress: ((progress: InspectProgress) => void) | undefined
  signal: AbortSignal | undefined
}

/** Reads an image that is in a store of this machine, or that a registry described. */
type Read = (from: { stores: LocalStore[] } | { remote: RemoteImage }) => Promise<Inventory>

/** Looks for an image in each source in order, and reads it where it is. Throws what the sources said when none has it. */
export async function findImage({ name }: InspectTarget, options: FindOptions, read: Read): Promise<Inventory> {
  const failures: { store: string; error: JennerError }[] = []
  for (const step of stepsOf(options.sources ?? ['docker'])) {
    try {
      if (step !== 'remote') return await read({ stores: step })
      return await readRemote(name, options, read)
    } catch (error) {
      if (!(error instanceof JennerError) || !notHere.has(error.code)) throw error
      failures.push({ store: step === 'remote' ? 'registry' : step.join(', '), error })
    }
  }
  throw notFound(name, failures)
}

const notHere = new Set([
  'target_not_found',
  'docker_unreachable',
  'docker_denied',
  'target_unreadable',
  'registry_unreachable',
  'registry_denied',
])

/** Stores that follow each other are asked by one process. */
function stepsOf(sources: readonly ImageSourceName[]): (LocalStore[] | 'remote')[] {
  const steps: (LocalStore[] | 'remote')[] = []
  for (const source of sources) {
    const last = steps.at(-1)
    if (source === 'remote') steps.push('remote')
    else if (Array.isArray(last)) last.push(source)
    else steps.push([source])
  }
  return steps
}

async function readRemote(name: string, options: FindOptions, read: Read): Promise<Inventory> {
  if (options.offline) throw new JennerError('target_not_found', 'not asked (--offline)')
  const late = new AbortController()
  const timer = setTimeout(
    () => late.abort(new JennerError('timed_out', `${name}: fetching it`)),
    Math.min(options.deadline - Date.now(), 2 ** 31 - 1),
  )
  timer.unref()
  const signal = options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal
  const { onProgress, platform } = options
  let image: RemoteImage | undefined
  try {
    image = await openRemoteImage(name, options.registry, {
      signal,
      ...(platform !== undefined && { platform }),
      ...(onProgress && {
        onProgress: (bytes: number, totalBytes: number) => onProgress({ phase: 'fetch', bytes, totalBytes }),
      }),
    })
    return await read({ remote: image })
  } finally {
    clearTimeout(timer)
    await image?.close()
  }
}
