import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entriesOf, parseJson } from '../../base/json.ts'
import type { Alert } from '../../base/model/runtime.ts'
import { decide } from './policy/decide.ts'
import { messageOf } from './release.ts'
import type { ActResult, Responder } from './responder.ts'

/** What became of one alert. */
export interface Responded {
  /** Name of the playbook that applies. */
  playbook: string
  mode: 'run' | 'dry-run' | 'limited' | 'in force'
  results: ActResult[]
  /** Steps that failed; those after them were still tried. */
  errors: string[]
}

/**
 * Answers alerts by the playbooks of the responder's policy, one at a time. `respond` resolves to undefined where none applies;
 * it never throws. While a playbook's steps are in force or at work for a container, further alerts do nothing more.
 */
export function createPlaybookRunner(responder: Responder, now: () => number = Date.now) {
  const file = join(responder.folder, 'playbooks.json')
  const history = readHistory(file)
  const busy = new Set<string>()
  let tail: Promise<unknown> = Promise.resolve()

  const respond = async (alert: Alert, events: unknown[] = []): Promise<Responded | undefined> => {
    const decision = decide(alert, responder.policy, history, now())
    if (decision === undefined) return undefined
    const { playbook, mode } = decision
    const container = alert.container!.id
    const key = `${playbook.name}\0${container}`
    const by = `playbook:${playbook.name}`
    const answered: Responded = { playbook: playbook.name, mode, results: [], errors: [] }
    const active = responder.active().some(record => record.by === by && record.containerId.startsWith(container))
    if (active || busy.has(key)) return { ...answered, mode: 'in force' }
    if (mode === 'limited') return answered
    busy.add(key)
    if (mode === 'run') remember(history, playbook.name, now(), file)
    const work = async (): Promise<Responded> => {
      for (const action of playbook.steps) {
        try {
          const time = playbook.for === undefined ? {} : { for: playbook.for }
          const request = {
            action,
            container,
            allow: playbook.allow,
            dryRun: mode === 'dry-run',
            by,
            reason: alert.rule,
            alert,
            events,
            ...time,
          }
          answered.results.push(await responder.act(request))
        } catch (error) {
          answered.errors.push(`${action}: ${messageOf(error)}`)
        }
      }
      return answered
    }
    const done = tail.then(work).finally(() => busy.delete(key))
    tail = done.catch(() => undefined)
    return done
  }
  return { respond }
}

function remember(history: Map<string, number[]>, name: string, time: number, file: string): void {
  const hour = 3_600_000
  history.set(name, [...(history.get(name) ?? []).filter(before => before > time - hour), time])
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
