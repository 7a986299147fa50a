/**
 * What the end-to-end tests need beside Node: Debian packages and a Docker engine. As root on Debian or Ubuntu it installs what is missing and
 * starts `dockerd` when none answers; elsewhere it says what is missing, and the tests that need it are skipped by name.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const wanted: { program: string; debian: string }[] = [
  { program: 'dockerd', debian: 'docker.io' },
  { program: 'skopeo', debian: 'skopeo' },
  { program: 'rpm', debian: 'rpm' },
  { program: 'zstd', debian: 'zstd' },
  { program: 'debootstrap', debian: 'debootstrap' },
  { program: 'prlimit', debian: 'util-linux' },
  { program: 'nsenter', debian: 'util-linux' },
  { program: 'busybox', debian: 'busybox-static' },
  { program: 'nft', debian: 'nftables' },
  { program: 'ip', debian: 'iproute2' },
  { program: 'perl', debian: 'perl' },
  { program: 'openssl', debian: 'openssl' },
  { program: 'docker-compose', debian: 'docker-compose' },
  { program: 'libbpf.so.1', debian: 'libbpf1' },
]

/** Installs and starts what may be; returns how to stop what was started here. */
export async function prepareEngines(say: (line: string) => void): Promise<{ stop: () => void }> {
  const missing = wanted.filter(({ program }) => !onPath(program))
  if (missing.length > 0)
    install(
      missing.map(({ debian }) => debian),
      say,
    )
  const daemon = await startDocker(say)
  return { stop: () => void daemon?.kill('SIGTERM') }
}

function install(packages: string[], say: (line: string) => void): void {
  const names = [...new Set(packages)]
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(
      `not installed, and only root on Debian or Ubuntu may install it here: ${names.join(', ')}; the tests that need it are skipped`,
    )
    return
  }
  say(`installing ${names.join(', ')} (apt-get)`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  const { status, stderr } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0)
    say(`apt-get could not install them; the tests that need them are skipped: ${stderr.trim().split('\n').at(-1)}`)
}

async function startDocker(say: (line: string) => void): Promise<ChildProcess | undefined> {
  if (!onPath('dockerd') || dockerAnswers() || process.getuid?.() !== 0) return undefined
  const log = join(tmpdir(), 'jenner-test-dockerd.log')
  say(`starting dockerd for the tests (log: ${log})`)
  const out = openSync(log, 'a')
  const daemon = spawn('dockerd', [], { stdio: ['ignore', out, out] })
  daemon.on('error', () => {})
  for (let tries = 0; tries < 60; tries++) {
    await sleep(500)
    if (dockerAnswers()) return daemon
    if (daemon.exitCode !== null) break
  }
  say(`dockerd did not come up; the tests that need it are skipped (see ${log})`)
  daemon.kill('SIGTERM')
  return undefined
}

function dockerAnswers(): boolean {
  return (
    existsSync('/var/run/docker.sock') &&
    spawnSync('docker', ['version'], { stdio: 'ignore', timeout: 10_000 }).status === 0
  )
}

const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']

/** A program by its name, or a library by its file's. */
function onPath(program: string): boolean {
  if (program.includes('.so')) return libraries.some(folder => existsSync(join(folder, program)))
  return `${process.env.PATH}:/usr/sbin:/sbin`.split(':').some(folder => existsSync(join(folder, program)))
}
