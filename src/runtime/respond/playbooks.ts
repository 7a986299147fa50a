import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entriesOf, parseJson } from '../../base/json.ts'
import type { Alert } from '../../base/model/runtime.ts'
import { decide } from './policy/decide.ts'
import type { Playbook } from './policy/model.ts'
import { messageOf } from './release.ts'
import type { ActResult, Responder } from './responder.ts'

/** What became of one alert. */
export interface Responded {
  /** Name of the playbook that applies. */
  playbook: string
  /** `answered`: the same playbook has answered for this container already, its steps are in force or at work. */
  mode: 'run' | 'dry-run' | 'limited' | 'answered'
  results: ActResult[]
  /** Steps that failed; those after them were still tried. */
  errors: string[]
}

/** For how long a playbook leaves a container alone that it has answered for: a flood of alerts is one case, and a release by hand stands for a while. */
const quietTime = { run: 600_000, 'dry-run': 3_600_000 }
const maxQuiet = 10_000

/**
 * Answers alerts by the playbooks of the responder's policy, one container at a time. `respond` resolves to undefined where none
 * applies; it never throws.
 */
export function createPlaybookRunner(responder: Responder, now: () => number = Date.now) {
  const file = join(responder.folder, 'playbooks.json')
  const history = readHistory(file)
  const quietUntil = new Map<string, number>()
  let tail: Promise<unknown> = Promise.resolve()

  const respond = async (alert: Alert, events: unknown[] = []): Promise<Responded | undefined> => {
    const decision = decide(alert, responder.policy, history, now())
    if (decision === undefined) return undefined
    const { playbook, mode } = decision
    const answered: Responded = { playbook: playbook.name, mode, results: [], errors: [] }
    const key = `${playbook.name}\0${alert.container!.id}`
    if ((quietUntil.get(key) ?? 0) > now() || inForce(responder, playbook, alert))
      return { ...answered, mode: 'answered' }
    if (mode === 'limited') return answered
    if (quietUntil.size >= maxQuiet) quietUntil.clear()
    quietUntil.set(key, now() + quietTime[mode])
    const time = now()
    if (mode === 'run') remember(history, playbook.name, time, file)
    const done = tail.then(async () => {
      await runSteps(responder, playbook, alert, events, answered)
      // What could not be done must not use up the limit for other containers.
      if (mode === 'run' && answered.results.length === 0) forget(history, playbook.name, time, file)
      return answered
    })
    tail = done.catch(() => undefined)
    return done
  }
  return { respond }
}

function inForce(responder: Responder, { name }: Playbook, alert: Alert): boolean {
  return responder
    .active()
    .some(({ by, containerId }) => by === `playbook:${name}` && containerId.startsWith(alert.container!.id))
}

async function runSteps(
  responder: Responder,
  playbook: Playbook,
  alert: Alert,
  events: unknown[],
  answered: Responded,
): Promise<void> {
  const request = {
    container: alert.container!.id,
    allow: playbook.allow,
    dryRun: answered.mode === 'dry-run',
    by: `playbook:${playbook.name}`,
    reason: alert.rule,
    alert,
    events,
    ...(playbook.for === undefined ? {} : { for: playbook.for }),
  }
  for (const action of playbook.steps) {
    try {
      answered.results.push(await responder.act({ ...request, action }))
    } catch (error) {
      answered.errors.push(`${action}: ${messageOf(error)}`)
    }
  }
}

function forget(history: Map<string, number[]>, name: string, time: number, file: string): void {
  const times = [...(history.get(name) ?? [])]
  const at = times.indexOf(time)
  if (at >= 0) times.splice(at, 1)
  history.set(name, times)
  save(history, file)
}

function remember(history: Map<string, number[]>, name: string, time: number, file: string): void {
  const hour = 3_600_000
  history.set(name, [...(history.get(name) ?? []).filter(before => before > time - hour), time])
  save(history, file)
}

function save(history: Map<string, number[]>, file: string): void {
  try {
    const draft = `${file}.${process.pid}.part`
    writeFileSync(draft, `${JSON.stringify(Object.fromEntries(history))}\n`, { mode: 0o600 })
    renameSync(draft, file)
  } catch {
    // A full disk must not keep a container from being cut off: the limit then holds for this process only.
  }
}

/** The hourly limits hold over a restart too. */
function readHistory(file: string): Map<string, number[]> {
  try {
    const pairs = entriesOf(parseJson(readFileSync(file, 'utf8')))
    return new Map(
      pairs.map(([name, times]) => [name, Array.isArray(times) ? times.map(Number).filter(Number.isFinite) : []]),
    )
  } catch {
    return new Map()
  }
}
