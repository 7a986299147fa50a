import { hostname } from 'node:os'
import type { Alert, Incident, RuntimeEvent } from '../../base/model/runtime.ts'
import { createRuntimeFields } from '../fields/fields.ts'
import { createNames } from '../fields/names.ts'
import { isoTime } from '../fields/time.ts'
import { createFloodControl, type FloodLimits } from '../incidents/flood.ts'
import { createIncidents, type IncidentLimits } from '../incidents/incidents.ts'
import { workloadOf } from '../incidents/lineage.ts'
import type { Condition } from '../rules/condition/ast.ts'
import { createEngine } from '../rules/engine.ts'
import type { Rule } from '../rules/model.ts'
import { createFormatter, type Formatter, priorityName } from './format.ts'
import type { LoadedRow } from './loaded.ts'

/** What a judge is made from. */
export interface JudgeOptions {
  /** Those for system calls that are switched on count. */
  rules: readonly Rule[]
  flood?: FloodLimits
  incidents?: IncidentLimits
  hostname?: string
}

/** What a judge tells. */
export type JudgeMessage =
  /** `lineage` comes with the first alert of an incident. */
  | { kind: 'alert'; alert: Alert; isNew: boolean; workload: string; lineage?: Incident['lineage'] }
  /** Files of images that containers used, asked for by `loaded`. */
  | { kind: 'loaded'; rows: LoadedRow[] }
  /** An event could not be judged, for the first time in this way: a mistake of ours. The others go on. */
  | { kind: 'fault'; type: string; reason: string }
  /** Alerts that were held back since the last time, by rule and workload. */
  | { kind: 'held'; rows: { rule: string; workload: string; count: number }[] }

export interface Judge {
  /** Judges one event by all rules; each that matches is counted, and told unless it floods. */
  onEvent(event: RuntimeEvent): void
  /** To be called about every second, `now` in ms. */
  onTick(now: number): void
  /** Tells what is still held back. */
  onClose(): void
  /** Whether any rule is for events of this type. */
  wants(type: string): boolean
  incidents(): Incident[]
  /** Matches by rule, held back ones too. */
  counts(): { rule: string; count: number }[]
}

const newIncidents: FloodLimits = { burst: 50, perMinute: 30 }

const mostFaults = 100

/** How often what was held back is told, in ms. */
const heldEvery = 10_000

/** Makes a judge that runs wherever events are decoded. `post` takes what it has to tell. */
export function createJudge(options: JudgeOptions, post: (message: JudgeMessage) => void): Judge {
  const rules = options.rules.filter(({ source, enabled }) => source === 'syscall' && enabled)
  const names = createNames(rules.flatMap(rule => domainsOf(rule.ast)))
  const fields = createRuntimeFields({ names })
  const engine = createEngine(rules, { fields })
  const formatters = new Map<Rule, Formatter>(rules.map(rule => [rule, createFormatter(rule, fields)]))
  const flood = createFloodControl(options.flood)
  // A new incident is told even where old ones flood; but names of programs are an attacker's to choose, and so is how many incidents there are.
  const news = createFloodControl(newIncidents)
  const incidents = createIncidents(options.incidents)
  const counts = new Map<string, number>()
  const host = options.hostname ?? hostname()
  let now = Date.now()
  let heldAt = now

  const tellHeld = (): void => {
    const rows = flood.drain()
    if (rows.length > 0) post({ kind: 'held', rows })
  }
  const faults = new Set<string>()
  const tellFault = (type: string, reason: string): void => {
    const key = `${type}\0${reason}`
    if (faults.size >= mostFaults || faults.has(key)) return
    faults.add(key)
    post({ kind: 'fault', type, reason })
  }
  const report = (rule: Rule, event: RuntimeEvent): void => {
    counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1)
    const facts = { name: rule.name, priority: priorityName(rule.priority), tags: rule.tags }
    const { incident, isNew } = incidents.count(facts, event, isoTime(event.time), now)
    const workload = workloadOf(event)
    if (!(isNew && news.admit(rule.name, workload, now)) && !flood.admit(rule.name, workload, now)) return
    const alert: Alert = { ...formatters.get(rule)!(event, host), incident: incident.id }
    incidents.keep(incident, alert)
    post({ kind: 'alert', alert, isNew, workload, ...(isNew && { lineage: incident.lineage }) })
  }
  return {
    onEvent(event) {
      try {
        const hits = engine.judge(event.type, event)
        for (let index = 0; index < hits.length; index++) report(hits[index]!, event)
      } catch (error) {
        tellFault(event.type, String(error))
      }
    },
    onTick(time) {
      now = time
      names.refresh(time)
      if (time - heldAt < heldEvery && time >= heldAt) return
      heldAt = time
      tellHeld()
    },
    onClose: tellHeld,
    wants: type => engine.wants(type),
    incidents: () => incidents.list(),
    counts: () => [...counts].map(([rule, count]) => ({ rule, count })).sort((a, b) => b.count - a.count),
  }
}

/** Domain names that stand on the right of `fd.sip.name` and its kin. */
function domainsOf(condition: Condition): string[] {
  if (condition.kind === 'not') return domainsOf(condition.operand)
  if (condition.kind === 'and' || condition.kind === 'or') return condition.operands.flatMap(domainsOf)
  if (
    condition.kind !== 'check' ||
    condition.left.kind !== 'field' ||
    !/^fd\.[cslr]ip\.name$/.test(condition.left.name)
  )
    return []
  const { right } = condition
  return right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : []
}
