/** The agent's process. Its parent sends one message with what it needs, and ends it by SIGTERM; it ends with its parent. */
import { startKernelSensor } from '../runtime/watch/sensor.ts'
import { runAgent } from './agent.ts'
import type { ServerPlace } from './api.ts'

export interface AgentOrder {
  server: ServerPlace
  state: string
  cacheDir: string
  version: string
}

const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
process.on('SIGINT', () => {})
process.on('disconnect', () => stop.abort())
process.once('message', (order: AgentOrder) => {
  const say = (line: string): void => void process.stderr.write(`agent: ${line}\n`)
  runAgent({ ...order, start: startKernelSensor, say, signal: stop.signal }).then(
    () => process.exit(0),
    (error: unknown) => {
      if (!stop.signal.aborted) say((error as Error).message)
      process.exit(stop.signal.aborted ? 0 : 1)
    },
  )
})
