import type { Alert } from '../../base/model/runtime.ts'
import { type DockerAnswer, dockerAsync } from './docker.ts'
import { type Deed, deedScript, lacksMark, type Scenario } from './scenario.ts'

/** What a drill found. The first seven are the public contract. */
export interface DrillResult {
  id: string
  technique: string
  rule: string
  detected: boolean
  /** From the act in the kernel to the alert here; null when there was none. */
  milliseconds: number | null
  /** Whether the act was stopped before it had an effect. */
  blocked: boolean
  cleanedUp: boolean
  area: string
  /** Whether the twin without the act raised the rule too. */
  twinAlerted: boolean
  /** Every rule the act raised. */
  rules: string[]
  /** Why it could not be run; detected says nothing then. */
  reason?: string
  /** The program that the image lacks, where that is the reason. */
  lacks?: string
}

/** What carries alerts from the sensor; the runner neither knows nor cares how. */
export interface DrillWatch {
  /** Calls back with every alert, with its container's id. Answers how to stop. */
  onAlert(callback: (alert: Alert) => void): () => void
  /** From now on programs of this container that are not of its image are stopped. Absent where nothing is. */
  block?: (containerId: string) => Promise<void>
}

export interface RunOptions {
  image: string
  watch: DrillWatch
  keep?: boolean
  /** ms to wait for an alert after the act has ended. */
  patience?: number
  /** In place of Docker's client, for tests. */
  docker?: (args: string[], timeout: number) => Promise<DockerAnswer>
  signal?: AbortSignal
}

const runLimit = 30_000
const defaultPatience = 5_000
/** What the twin raises must have had as long a way as what the act raises. */
const quietTime = 400

/** Runs one scenario: the act in a container of its own, then its twin in another. Never throws for what goes wrong in them. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<DrillResult> {
  const result = empty(scenario)
  const act = await runDeed(scenario, scenario.act, options, alert => alert.rule === scenario.rule)
  result.cleanedUp = act.cleanedUp
  result.rules = [...new Set(act.heard.map(({ alert }) => alert.rule))]
  if (act.reason !== undefined)
    return { ...result, reason: act.reason, ...(act.lacks !== undefined && { lacks: act.lacks }) }
  const hit = act.heard.find(({ alert }) => alert.rule === scenario.rule)
  result.detected = hit !== undefined
  if (hit) result.milliseconds = latency(hit)
  result.blocked =
    scenario.mustBlock !== undefined &&
    options.watch.block !== undefined &&
    !act.output.includes(scenario.mustBlock.effect)
  const twin = await runDeed(scenario, scenario.twin, options, () => false)
  result.cleanedUp &&= twin.cleanedUp
  result.twinAlerted = twin.heard.some(({ alert }) => alert.rule === scenario.rule)
  if (twin.reason !== undefined) result.reason = twin.reason
  return result
}

/** What is said of a scenario that was not begun. */
export function notRun(scenario: Scenario, reason: string): DrillResult {
  return { ...empty(scenario), reason }
}

/** Whether a scenario that ran is as it must be. */
export function passed(result: DrillResult, scenario: Scenario, blocks: boolean): boolean {
  return result.detected && !result.twinAlerted && (!blocks || scenario.mustBlock === undefined || result.blocked)
}

function empty({ id, technique, rule, area }: Scenario): DrillResult {
  return {
    id,
    technique,
    rule,
    detected: false,
    milliseconds: null,
    blocked: false,
    cleanedUp: true,
    area,
    twinAlerted: false,
    rules: [],
  }
}

interface Heard {
  alert: Alert
  at: number
}

interface DeedOutcome {
  heard: Heard[]
  output: string
  cleanedUp: boolean
  reason?: string
  lacks?: string
}

/** Time of the event by the machine's clock, to the time at which its alert was heard. */
function latency({ alert, at }: Heard): number {
  const event = Date.parse(alert.time)
  return Number.isNaN(event) ? 0 : Math.max(0, Math.round((at - event) * 10) / 10)
}

const now = (): number => performance.timeOrigin + performance.now()

/** Nothing of the host, no network but loopback, few processes, little memory. */
const fences = [
  '--pull',
  'never',
  '--network',
  'none',
  '--pids-limit',
  '64',
  '--memory',
  '128m',
  '--label',
  'io.jenner.drill=1',
]

async function runDeed(
  scenario: Scenario,
  deed: Deed,
  options: RunOptions,
  enough: (alert: Alert) => boolean,
): Promise<DeedOutcome> {
  const { image, watch, docker = dockerAsync, patience = defaultPatience } = options
  const terminal = deed.terminal ? ['--tty'] : []
  const script = deedScript(scenario, deed)
  const entry = ['--entrypoint', '/bin/sh', image, '-c', script]
  const made = await docker(['create', ...fences, ...terminal, ...(deed.options ?? []), ...entry], runLimit)
  if (made.status !== 0) return { heard: [], output: '', cleanedUp: true, reason: firstLine(made.stderr) }
  const id = made.stdout.trim().split('\n').at(-1) ?? ''
  const heard: Heard[] = []
  let satisfied: () => void = () => {}
  if (scenario.mustBlock && deed === scenario.act) await watch.block?.(id)
  const heardEnough = new Promise<void>(resolve => {
    satisfied = resolve
  })
  const stop = watch.onAlert(alert => {
    const from = alert.container?.id ?? String(alert.output_fields['container.id'] ?? '')
    if (from === '' || !(id.startsWith(from) || from.startsWith(id))) return
    heard.push({ alert, at: now() })
    if (enough(alert)) satisfied()
  })
  try {
    const ran = await docker(['start', '--attach', id], runLimit)
    const lacks = new RegExp(`${lacksMark} (\\S+)`).exec(ran.stdout)?.[1]
    const reason = lacks ? `the image has no ${lacks}` : ran.status === 0 ? undefined : failure(ran)
    if (reason === undefined) await Promise.race([heardEnough, pause(scenario.twin === deed ? quietTime : patience)])
    const cleanedUp =
      options.keep === true ? false : (await docker(['rm', '--force', '--volumes', id], runLimit)).status === 0
    return {
      heard,
      output: ran.stdout,
      cleanedUp,
      ...(reason !== undefined && { reason }),
      ...(lacks !== undefined && { lacks }),
    }
  } finally {
    stop()
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Scripts always end with 0: anything else is Docker's own trouble, or its time was up. */
const failure = ({ status, stderr }: DockerAnswer): string => firstLine(stderr) || `exit ${status}`

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
