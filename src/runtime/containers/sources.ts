import { existsSync } from 'node:fs'
import { openDockerSource } from './docker/docker.ts'
import type { ContainerSource, RuntimeStatus } from './source.ts'

export interface SourceOptions {
  /** `unix:///path` (default: DOCKER_HOST, then /var/run/docker.sock). */
  dockerHost?: string
}

/** Every runtime that Jenner can ask, in the order in which they are asked. */
export const containerSources: { runtime: string; open(options: SourceOptions): ContainerSource }[] = [
  { runtime: 'docker', open: ({ dockerHost }) => openDockerSource(dockerHost) },
]

/** Runtimes whose API is gRPC, which Jenner does not speak yet: where one runs, its containers are known by id alone, and that is said. */
const unspoken: { runtime: RuntimeStatus['runtime']; addresses: string[] }[] = [
  { runtime: 'containerd', addresses: ['/run/k3s/containerd/containerd.sock', '/run/containerd/containerd.sock'] },
  { runtime: 'cri-o', addresses: ['/run/crio/crio.sock'] },
  { runtime: 'podman', addresses: ['/run/podman/podman.sock'] },
]

/** The runtimes that seem to run here and cannot be asked. Docker's own containerd is no runtime of its own. */
export function unspokenRuntimes(hasDocker: boolean, exists: (path: string) => boolean = existsSync): RuntimeStatus[] {
  return unspoken.flatMap(({ runtime, addresses }) => {
    const address = addresses.find(path => exists(path))
    if (address === undefined || (hasDocker && address === '/run/containerd/containerd.sock')) return []
    return [{ runtime, address, connected: false, reason: 'unsupported' }]
  })
}
