import { JennerError } from '../../base/errors.ts'
import type { Priority } from '../../base/model/priority.ts'

/** Something that somebody must know: a new incident, a finding that needs a decision, a report. Made once, sent to every output that wants it; masked already. */
export interface Notice {
  /** The same for the same thing: receivers may drop what comes twice. */
  id: string
  /** ISO, UTC. */
  time: string
  kind: 'incident' | 'finding' | 'decision' | 'platform' | 'report' | 'test'
  priority: Priority
  /** One line. */
  title: string
  /** What happened, as long as it takes; several lines. */
  text: string
  rule?: string
  host?: string
  container?: string
  containerId?: string
  image?: string
  /** Where in the console. */
  url?: string
  tags: string[]
  /** Falco's output fields, or the finding's. */
  fields: Record<string, string | number | boolean | null>
  /** What it is about, the same in every notice about it. */
  about?: string
  /** That is over: for receivers that keep what is open (`OutputKind.resolves`). */
  resolved?: true
  /** For these recipients alone: the others have it. */
  only?: string[]
  /** A file that goes with it, where an output can carry one. */
  attachment?: { name: string; type: string; content: Uint8Array }
}

/** How one setting of an output is asked for. A `secret` is stored sealed and never told again. */
export interface OutputField {
  key: string
  type: 'text' | 'url' | 'number' | 'boolean' | 'secret' | 'template' | 'choice'
  required: boolean
  choices?: string[]
  example?: string
}

/** Settings as they were checked against the fields. */
export type OutputConfig = Record<string, string | number | boolean>

/** What an output may use of the world. */
export interface OutputTools {
  version: string
  hostname: string
  /** Decides where requests may go; throws JennerError delivery_refused. */
  guard: Guard
}

export interface Guard {
  /** Addresses of a name, all of which may be reached. */
  resolve(host: string): Promise<string[]>
}

/** An open way to one receiver. */
export interface Delivery {
  /**
   * Delivers all of them or rejects with JennerError: delivery_failed (try again), delivery_refused (the receiver will never take these), or with PartlyDelivered. Notices
   * that are for some recipients only (`only`) come alone.
   */
  send(notices: readonly Notice[]): Promise<void>
  close(): void
}

/** Some recipients have it, `left` do not. `code` says whether to try again. */
export class PartlyDelivered extends JennerError {
  readonly left: readonly string[]
  constructor(code: 'delivery_failed' | 'delivery_refused', detail: string, left: readonly string[]) {
    super(code, detail)
    this.left = left
  }
}

/** A kind of receiver; a file each in kinds/, listed in index.ts. */
export interface OutputKind {
  kind: string
  fields: OutputField[]
  /** Notices sent together at most. */
  batch: number
  /** Keeps what is open, and wants to hear that it is over. */
  resolves?: true
  open(config: OutputConfig, tools: OutputTools): Delivery
}
