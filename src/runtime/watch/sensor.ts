import type { JennerError } from '../../base/errors.ts'
import { startSensor } from '../sensor/sensor.ts'
import type { JudgeMessage } from './judge.ts'
import type { Loss, RunningSensor, StartSensor } from './session.ts'

type Posted = JudgeMessage | { kind: 'losses'; losses: Loss[] }

/** Starts the kernel sensor with our judge in its thread. Throws JennerError unsupported where the kernel refuses it. */
export const startKernelSensor: StartSensor = async ({ judge, host, onMessage }): Promise<RunningSensor> => {
  const losses: Loss[] = []
  let broken: (reason: string) => void = () => {}
  const ended = new Promise<string>(resolve => {
    broken = resolve
  })
  const sensor = await startSensor({
    judge: new URL('./sensor-judge.ts', import.meta.url),
    judgeOptions: judge,
    host,
    onMessage: value => {
      const message = value as Posted
      if (message.kind === 'losses') losses.push(...message.losses)
      else onMessage(message)
    },
    onFailure: (error: JennerError) => broken(error.detail === '' ? error.code : `${error.code}: ${error.detail}`),
  })
  for (const what of sensor.lost) losses.push({ what, why: 'refused by this kernel' })
  return {
    losses,
    ended,
    counters: () => sensor.counters(),
    setPolicy: (id, policy) => sensor.setPolicy(id, policy),
    stop: () => sensor.close(),
  }
}
