import { spawn, spawnSync } from 'node:child_process'

export interface DockerAnswer {
  status: number
  stdout: string
  stderr: string
}

const limit = { timeout: 60_000, maxBuffer: 1 << 22, encoding: 'utf8' } as const

/** Runs Docker's own client and waits, a minute at most. */
export function docker(args: string[]): DockerAnswer {
  const { status, stdout, stderr, error } = spawnSync('docker', args, { ...limit, stdio: ['ignore', 'pipe', 'pipe'] })
  return { status: error ? 127 : (status ?? 124), stdout: stdout ?? '', stderr: error ? error.message : (stderr ?? '') }
}

const mostOutput = 64_000

/** The same without holding up this thread: what the sensor tells meanwhile is heard. Killed after `timeout` ms. */
export function dockerAsync(args: string[], timeout: number): Promise<DockerAnswer> {
  return new Promise(resolve => {
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout, killSignal: 'SIGKILL' })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout.length < mostOutput) stdout += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < mostOutput) stderr += chunk.toString()
    })
    child.on('error', error => resolve({ status: 127, stdout, stderr: error.message }))
    child.on('close', status => resolve({ status: status ?? 124, stdout, stderr }))
  })
}
