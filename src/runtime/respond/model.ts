import type { Alert, ContainerInfo } from '../../base/model/runtime.ts'
import type { DockerClient } from '../containers/docker/http.ts'

/** The ladder, from the gentlest to the last. */
export type ActionId = 'observe' | 'evidence' | 'isolate' | 'pause' | 'stop' | 'kill'

/** How an action is to be done. */
export interface ActionOptions {
  /** Addresses or networks (CIDR) that stay reachable through an isolation. */
  allow: string[]
  /** When it was decided (performance.now()), for the time it took; default: when the action starts. */
  decidedAt?: number
  /** Folder where evidence is written. */
  evidenceDir: string
  /** The alert that led here, and events before it, for the evidence. */
  alert?: Alert
  events?: unknown[]
}

/** What an undo needs to know, as it is kept on disk: plain JSON. */
export type UndoNote = Record<string, string | number | boolean | string[]>

/** What was done. `lines` name it exactly; `undo` is absent where nothing has to be undone or nothing can be. */
export interface Outcome {
  lines: string[]
  undo?: UndoNote
  /** What could not be done or proved, in words that the user reads. */
  warnings?: Warning[]
  /** Milliseconds from the decision until it held. */
  milliseconds?: number
  file?: string
  /** Names of other containers that an isolation hits too, as they share the network. */
  shares?: string[]
}

/** `respond.warning.<key>` in i18n. */
export type Warning =
  | 'not_verified'
  | 'inside_only'
  | 'shared_network'
  | 'partial_evidence'
  | 'auto_remove'
  | 'not_audited'

export interface Tools {
  docker: DockerClient
  /** The other containers in the same network namespace. */
  sharing(target: ContainerInfo): Promise<ContainerInfo[]>
  /** Why a container may not be touched; undefined when it may. */
  protection(target: ContainerInfo): string | undefined
  /** The container as it is now; undefined when it is gone. */
  inspect(id: string): Promise<ContainerInfo | undefined>
}

/** One rung of the ladder; a file each in actions/, listed in actions/index.ts. */
export interface Action {
  id: ActionId
  title: { en: string; ko: string }
  /** Exactly what `run` would do, a line a step. Changes nothing; throws where `run` would refuse. */
  dryRun(target: ContainerInfo, options: ActionOptions, tools: Tools): Promise<string[]>
  /** Does it, or throws JennerError response_failed having changed nothing. */
  run(target: ContainerInfo, options: ActionOptions, tools: Tools): Promise<Outcome>
  /** Takes it back; absent where there is no way back. Nothing to do (the container is gone) is success. */
  undo?(id: string, note: UndoNote, tools: Tools): Promise<string[]>
  /** Whether it is in force; false after the container started anew, for instance. */
  holds?(target: ContainerInfo, note: UndoNote): Promise<boolean>
}

/** An action that was done, as the state folder keeps it until it is undone. */
export interface ResponseRecord {
  id: string
  action: ActionId
  containerId: string
  containerName: string
  image: string
  /** ISO; `until` ends the time box. */
  at: string
  until?: string
  reason: string
  /** `user`, or `playbook:NAME`. */
  by: string
  allow: string[]
  undo?: UndoNote
  file?: string
}
