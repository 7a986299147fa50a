import type { ActionId } from '../model.ts'
import type { Protected } from '../protect.ts'

/** When a playbook applies: every condition that is given must hold. */
export interface PlaybookCondition {
  /** Names of rules; `*` stands for any characters. */
  rules?: string[]
  /** One of these tags. */
  tags?: string[]
  /** This priority or a worse one. */
  severity?: string
}

export interface Playbook {
  name: string
  when: PlaybookCondition
  steps: ActionId[]
  /** ms until what was done is undone. */
  for?: number
  allow: string[]
  /** At most so many containers an hour; beyond, nothing is done, and that is said. */
  max: number
}

export interface ResponsePolicy {
  /** Until this is true, playbooks only say what they would do. */
  enabled: boolean
  protect: Partial<Protected>
  playbooks: Playbook[]
}

export interface PolicyProblem {
  line: number
  column: number
  message: string
}

export const emptyPolicy: ResponsePolicy = { enabled: false, protect: {}, playbooks: [] }

/** Falco's priorities, the worst first. */
export const priorities = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug']
