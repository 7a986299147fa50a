import type { Alert } from '../../../base/model/runtime.ts'
import { matchesPattern } from '../protect.ts'
import { type Playbook, priorities, type ResponsePolicy } from './model.ts'

export interface Decision {
  playbook: Playbook
  /** `run`, `dry-run` until the policy is enabled, or `limited`: its hourly maximum is reached. */
  mode: 'run' | 'dry-run' | 'limited'
}

const hour = 3_600_000

/** What to do about an alert: the first playbook that applies. Pure. `history`: when (ms) each playbook last acted, by name. */
export function decide(
  alert: Alert,
  { playbooks, enabled }: ResponsePolicy,
  history: ReadonlyMap<string, number[]>,
  now: number,
): Decision | undefined {
  if (alert.container === undefined) return undefined
  const playbook = playbooks.find(({ when }) => applies(when, alert))
  if (playbook === undefined) return undefined
  const recent = (history.get(playbook.name) ?? []).filter(time => time > now - hour && time <= now)
  if (recent.length >= playbook.max) return { playbook, mode: 'limited' }
  return { playbook, mode: enabled ? 'run' : 'dry-run' }
}

function applies({ rules, tags, severity }: Playbook['when'], alert: Alert): boolean {
  if (rules !== undefined && !rules.some(pattern => matchesPattern(alert.rule, pattern))) return false
  if (tags !== undefined && !tags.some(tag => alert.tags.includes(tag))) return false
  if (severity === undefined) return rules !== undefined || tags !== undefined
  const rank = priorities.indexOf(alert.priority.toLowerCase())
  return rank >= 0 && rank <= priorities.indexOf(severity)
}
