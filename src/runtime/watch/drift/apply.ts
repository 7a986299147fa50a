import { join } from 'node:path'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import { imageFile } from '../files.ts'
import { type DriftMode, type DriftPolicy, decideDrift } from './policy.ts'
import { readDriftList } from './store.ts'

/** A mount with a policy of its own, by its source on the host. */
export interface DriftMount {
  source: string
  policy: DriftMode
}

export interface ApplyOptions {
  policy: DriftPolicy
  /** Folder of the lists; none without one. */
  folder: string | undefined
  setPolicy(containerId: string, mode: DriftMode, mounts: DriftMount[], paths: string[]): Promise<void>
  forgetPolicy(containerId: string): void
  onFault(what: string): void
}

/** Hands the policy of each container, its mounts and its image's list to the kernel. */
export interface DriftApplier {
  /** A container that was created, or changed. */
  take(container: ContainerInfo, gone: boolean): void
  /** The list of an image is another now. */
  listed(image: string): void
}

export function createDriftApplier(options: ApplyOptions): DriftApplier {
  const { policy, folder, setPolicy, forgetPolicy, onFault } = options
  const applied = new Map<string, { container: ContainerInfo; state: string }>()
  const pathsOf = (image: string): string[] => {
    const name = imageFile(image)
    if (folder === undefined || name === undefined) return []
    return [...(readDriftList(join(folder, name), image, onFault)?.paths.keys() ?? [])]
  }
  const apply = (container: ContainerInfo): void => {
    const { mode, mounts } = decideDrift(policy, container)
    const paths = mode === 'block' ? pathsOf(container.imageId) : []
    const state = JSON.stringify([mode, mounts, paths])
    const before = applied.get(container.id)
    applied.set(container.id, { container, state })
    const plain = mode === policy.default && mounts.length === 0 && paths.length === 0
    if (before ? before.state === state : plain) return
    setPolicy(container.id, mode, mounts, paths).catch((error: unknown) =>
      onFault(`${container.name}: ${error instanceof Error ? error.message : error}`),
    )
  }
  return {
    take(container, gone) {
      if (!gone) return apply(container)
      applied.delete(container.id)
      forgetPolicy(container.id)
    },
    listed(image) {
      for (const { container } of [...applied.values()]) if (container.imageId === image) apply(container)
    },
  }
}
