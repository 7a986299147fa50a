import { createHash } from 'node:crypto'
import { priorityNumber } from '../../base/model/priority.ts'
import type { Alert, Incident, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { lineageKey, lineageOf, workloadOf } from './lineage.ts'

export interface IncidentLimits {
  /** Incidents kept; beyond them the one that has been quiet longest goes. */
  incidents: number
  /** Alerts kept of each: half of them the first, half the last. */
  samples: number
  /** An incident that was quiet so long (ms) is over: what comes then is a new one. */
  quiet: number
}

export interface Incidents {
  /** Counts one match of a rule; answers its incident, and whether it is new. `iso` is the event's time. */
  count(rule: RuleFacts, event: RuntimeEvent, iso: string, now: number): { incident: Incident; isNew: boolean }
  /** Keeps an alert as evidence of its incident. */
  keep(incident: Incident, alert: Alert): void
  list(): Incident[]
  /** Incidents that made room for others. */
  forgotten(): number
}

export interface RuleFacts {
  name: string
  /** Falco's spelling. */
  priority: string
  tags: string[]
}

const defaults: IncidentLimits = { incidents: 2000, samples: 6, quiet: 30 * 60_000 }

/** Groups what rules match into incidents: one for each workload, rule and lineage of programs. */
export function createIncidents(limits: IncidentLimits = defaults): Incidents {
  const open = new Map<string, { incident: Incident; at: number }>()
  let forgotten = 0
  let number = 0
  return {
    count(rule, event, iso, now) {
      const workload = workloadOf(event)
      const key = `${workload}\0${rule.name}\0${lineageKey(event.process)}`
      const known = open.get(key)
      if (known && now - known.at < limits.quiet) {
        known.at = now
        open.delete(key)
        open.set(key, known)
        add(known.incident, rule, iso)
        return { incident: known.incident, isNew: false }
      }
      const incident = begin(`${key}\0${iso}\0${number++}`, rule, workload, event.process, iso)
      open.delete(key)
      open.set(key, { incident, at: now })
      if (open.size > limits.incidents) {
        open.delete(open.keys().next().value!)
        forgotten++
      }
      return { incident, isNew: true }
    },
    keep({ samples }, alert) {
      if (samples.length >= limits.samples) samples.splice(limits.samples >> 1, 1)
      samples.push(alert)
    },
    list: () => [...open.values()].map(({ incident }) => incident),
    forgotten: () => forgotten,
  }
}

function begin(seed: string, rule: RuleFacts, workload: string, process: Process, iso: string): Incident {
  return {
    id: createHash('sha256').update(seed).digest('hex').slice(0, 12),
    rule: rule.name,
    workload,
    containerId: process.containerId,
    first: iso,
    last: iso,
    count: 1,
    priority: rule.priority,
    tags: rule.tags,
    lineage: lineageOf(process),
    samples: [],
  }
}

function add(incident: Incident, rule: RuleFacts, iso: string): void {
  incident.count++
  incident.last = iso
  if (priorityNumber(rule.priority) < priorityNumber(incident.priority)) incident.priority = rule.priority
}
