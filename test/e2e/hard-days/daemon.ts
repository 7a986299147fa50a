import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holds } from './watch.ts'

/** A Docker daemon of the test's own, with a containerd of its own, beside the machine's: it may be killed. Without networks. */
export interface Daemon {
  /** For DOCKER_HOST. */
  host: string
  docker(...words: string[]): { status: number | null; stdout: string; stderr: string }
  start(): Promise<boolean>
  /** Kills the daemon alone; containers go on. */
  kill(): Promise<void>
  /** Ends all of it and removes its folders. */
  remove(): Promise<void>
}

export function createDaemon(): Daemon {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-daemon-'))
  const host = `unix://${folder}/docker.sock`
  const runtime = `${folder}/containerd.sock`
  const log = openSync(join(folder, 'log'), 'a')
  const run = (...words: string[]): ChildProcess => spawn(words[0]!, words.slice(1), { stdio: ['ignore', log, log] })
  let containerd: ChildProcess | undefined
  let dockerd: ChildProcess | undefined
  const docker: Daemon['docker'] = (...words) =>
    spawnSync('docker', words, { encoding: 'utf8', timeout: 60_000, env: { ...process.env, DOCKER_HOST: host } })
  const answers = (): boolean => docker('version').status === 0
  return {
    host,
    docker,
    async start() {
      for (const name of ['data', 'exec', 'root', 'state']) mkdirSync(join(folder, name), { recursive: true })
      if (!containerd) {
        writeFileSync(
          join(folder, 'containerd.toml'),
          'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n',
        )
        const places = ['--root', `${folder}/root`, '--state', `${folder}/state`, '--address', runtime]
        containerd = run('containerd', '--config', `${folder}/containerd.toml`, ...places)
        if (!(await holds(() => existsSync(runtime), 30_000))) return false
      }
      const places = ['--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`]
      const apart = ['--bridge=none', '--iptables=false', '--ip-forward=false', '--live-restore']
      // A daemon without a bridge removes docker0: it must never see the machine's.
      dockerd = run('unshare', '--net', 'dockerd', '-H', host, '--containerd', runtime, ...places, ...apart)
      return holds(() => dockerd?.exitCode !== null || answers(), 60_000).then(answers)
    },
    async kill() {
      await end(dockerd, 'SIGKILL')
    },
    async remove() {
      const ids = docker('ps', '-aq').stdout?.split('\n').filter(Boolean) ?? []
      if (ids.length > 0) docker('rm', '-f', ...ids)
      await end(dockerd, 'SIGTERM')
      await end(containerd, 'SIGTERM')
      closeSync(log)
      for (const mount of mountsBelow(folder)) spawnSync('umount', [mount])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function end(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

/** The innermost first. */
function mountsBelow(folder: string): string[] {
  const places = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  return places
    .map(line => line.split(' ')[1] ?? '')
    .filter(place => place.startsWith(`${folder}/`))
    .reverse()
}
