import type { ContainerInfo } from '../../base/model/runtime.ts'

/** What happened to a container, as its runtime tells it. */
export interface ContainerChange {
  kind: 'create' | 'start' | 'die' | 'destroy' | 'pause' | 'unpause' | 'update'
  id: string
  /** What the event itself says, for containers that are gone before they could be asked about. */
  name?: string
  image?: string
  labels?: Record<string, string>
}

export interface FollowHandlers {
  /** The stream stands: whatever happens from now on is reported, so a list taken now misses nothing. Called again after each reconnection. */
  connected(): void
  change(change: ContainerChange): void
  /** The stream broke or could not be opened; it is tried again until the signal aborts. */
  lost(error: unknown): void
}

/** One container runtime. An implementation per folder; `sources.ts` is the list. */
export interface ContainerSource {
  runtime: ContainerInfo['runtime']
  /** Where it is asked: a socket's path. */
  address: string
  /** Ids of all containers, the ended ones too. Throws docker_unreachable. */
  ids(): Promise<string[]>
  /** One container by id, part of an id, or name; undefined when there is none. Throws docker_unreachable. */
  inspect(idOrName: string): Promise<ContainerInfo | undefined>
  /** Reports changes until `signal` aborts; reconnects by itself. */
  follow(handlers: FollowHandlers, signal: AbortSignal): Promise<void>
  close(): void
}

/** Whether a runtime answers. */
export interface RuntimeStatus {
  runtime: ContainerInfo['runtime']
  address: string
  connected: boolean
  /** Why not. */
  reason?: string
}
