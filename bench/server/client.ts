import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Running {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string; ms: number }>
  /** Bytes that the process holds now, and at most. */
  memory(): { rss: number; peak: number }
  stop(): Promise<void>
}

/** The server as it is shipped: a process of its own, spoken to over its socket. */
export async function startProcess(state: string, cacheDir: string): Promise<Running> {
  const socket = join(state, 'jenner.sock')
  const child: ChildProcess = fork(fileURLToPath(new URL('../../src/server/server-main.ts', import.meta.url)), {
    // As the platform starts it: short-lived garbage is collected early instead of being kept.
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.send({ state, socket, listen: '127.0.0.1:0', offline: true, cacheDir })
  await once(child, 'message')
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  return {
    async call(method, path, body) {
      const began = performance.now()
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
      const headers = payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {}
      const outgoing = request({ socketPath: socket, method, path: `/api/v1${path}`, headers, agent })
      outgoing.end(payload)
      const [answer] = await once(outgoing, 'response')
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString('utf8')
      if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
      return { status: answer.statusCode, text, ms: performance.now() - began }
    },
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      const of = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024
      return { rss: of('VmRSS'), peak: of('VmHWM') }
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      agent.destroy()
    },
  }
}
