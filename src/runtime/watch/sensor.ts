import { JennerError } from '../../base/errors.ts'
import { translate } from '../../base/i18n/translate.ts'
import type { Incident } from '../../base/model/runtime.ts'
import { lostText } from '../sensor/detections.ts'
import { fileIdOf } from '../sensor/policies.ts'
import { type SensorPolicies, startSensor } from '../sensor/sensor.ts'
import { compactHeap } from './compact.ts'
import type { DriftMode } from './drift/policy.ts'
import type { Posted } from './messages.ts'
import type { Question } from './options.ts'
import { createSelfTest } from './self-test.ts'
import type { DriftSwitch, Loss, PolicyDetails, StartSensor } from './session.ts'

/** ms that the thread may take to answer: it judges first. */
const patience = 2000

/** Starts the kernel sensor with our judge in its thread. Throws JennerError unsupported where the kernel refuses it, usage for rules that do not load. */
export const startKernelSensor: StartSensor = async options => {
  const { judge, host, onMessage } = options
  const losses: Loss[] = []
  const answers = createAnswers()
  const selfTest = judge.drift === undefined ? undefined : createSelfTest()
  let rules = 0
  let broken: (reason: string) => void = () => {}
  const ended = new Promise<string>(resolve => {
    broken = resolve
  })
  const sensor = await startSensor({
    judge: new URL('./sensor-judge.ts', import.meta.url),
    judgeOptions: { ...judge, ...(selfTest && { selfTest: selfTest.id }) },
    host,
    policy: judge.drift?.default ?? 'alert',
    onLoaded: policies => options.onLoaded?.(driftSwitch(policies)),
    onMessage: value => {
      const message = value as Posted
      if (message.kind === 'losses') losses.push(...message.losses)
      else if (message.kind === 'rules') rules = message.count
      else if (message.kind === 'answer') answers.take(message.id, message.value)
      else if (message.kind === 'selftest') selfTest?.seen(message.path, message.upper)
      else onMessage(message)
    },
    onFailure: (error: JennerError) => broken(error.detail === '' ? error.code : `${error.code}: ${error.detail}`),
  })
  const language = judge.language ?? 'en'
  for (const lost of sensor.lost) {
    const { what, why } = lostText(lost)
    losses.push({ what: what[language], why: why[language] })
  }
  const drift = await selfTest?.run()
  if (drift !== undefined) losses.push({ what: translate(language, 'watch.loss.drift'), why: drift })
  compactHeap()
  const ask = (question: Question) => answers.ask(id => sensor.post({ id, question }))
  return {
    losses,
    ...(selfTest?.isBlind() && { blind: 'it is attached but sees nothing of its own trial container' }),
    rules,
    ended,
    counters: () => sensor.counters(),
    ...driftSwitch(sensor),
    lastEvents: async containerId => ((await ask({ what: 'events', containerId })) as string[] | undefined) ?? [],
    incidents: async () => ((await ask({ what: 'incidents' })) as Incident[] | undefined) ?? [],
    stop: () => sensor.close(),
  }
}

function driftSwitch(policies: SensorPolicies): DriftSwitch {
  return {
    setPolicy: (id, policy, details) => setPolicy(policies, id, policy, details),
    forgetPolicy: id => policies.forgetPolicy(id),
  }
}

/** A mount whose source cannot be looked at is left to the policy of the rest, and that is said. */
async function setPolicy(
  policies: SensorPolicies,
  id: string,
  policy: DriftMode,
  { mounts = [], paths = [] }: PolicyDetails = {},
): Promise<void> {
  const missing: string[] = []
  const known = mounts.flatMap(({ source, policy: own }) => {
    try {
      return [{ ...fileIdOf(source), policy: own }]
    } catch {
      missing.push(source)
      return []
    }
  })
  await policies.setPolicy(id, policy, {}, known, paths)
  if (missing.length > 0) throw new JennerError('target_unreadable', missing.join(', '))
}

interface Answers {
  /** Undefined when no answer comes in time. */
  ask(send: (id: number) => void): Promise<unknown>
  take(id: number, value: unknown): void
}

function createAnswers(): Answers {
  const waiting = new Map<number, (value: unknown) => void>()
  let last = 0
  return {
    ask: send =>
      new Promise(resolve => {
        const id = ++last
        const timer = setTimeout(() => end(undefined), patience)
        const end = (value: unknown): void => {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(value)
        }
        waiting.set(id, end)
        send(id)
      }),
    take: (id, value) => waiting.get(id)?.(value),
  }
}
