/** `jenner host` on this machine: its packages, and how a risky container of it is set up. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Report } from '../../src/base/model/report.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

const jenner = join(import.meta.dirname, '../../jenner')
const image = `jenner-e2e-host-${process.pid}:1.0`
const name = `jenner-e2e-host-${process.pid}`
const skip = spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
/** The set-up is asked for, not what lies on this disk: all but the package database is left out. */
const skipped = readdirSync('/').filter(folder => !['etc', 'usr', 'lib', 'bin'].includes(folder))
const flags = ['--lang', 'en', '--offline', '--scanners', 'vuln', '--allow-starter', '--no-progress', '--skip-dirs']

before(() => {
  if (skip !== false) return
  buildImage(image)
  const risky = ['-v', '/var/run/docker.sock:/var/run/docker.sock', '--cap-add', 'SYS_ADMIN']
  execFileSync('docker', ['run', '-d', '--name', name, ...risky, image, 'sleep', '900'])
})

after(() => {
  if (skip !== false) return
  spawnSync('docker', ['rm', '-f', name])
  spawnSync('docker', ['rmi', '-f', image])
})

function host(...more: string[]): { status: number | null; stdout: string; stderr: string } {
  const words = ['host', ...flags, [...skipped, 'usr'].join(','), ...more]
  return spawnSync(jenner, words, { encoding: 'utf8', maxBuffer: 256 << 20, timeout: 240_000 })
}

test('a container that holds the Docker socket is told, with what to take away', { skip }, () => {
  const { stdout, stderr } = host('-f', 'json')
  const report = JSON.parse(stdout) as Report
  const own = (report.Risks ?? []).filter(({ Target }) => Target === name)
  const socket = own.find(({ ID }) => ID === 'runtime-socket')
  assert.equal(socket?.Severity, 'CRITICAL', stderr)
  assert.match(socket?.Fix ?? '', /-docker run .*docker\.sock/)
  assert.ok(own.some(({ ID }) => ID === 'cap:SYS_ADMIN'))
  assert.ok((report.Risks ?? []).some(({ Target }) => Target === report.ArtifactName))
})

test('the table tells them too, and the gates count them', { skip }, () => {
  const { status, stdout } = host('-s', 'CRITICAL', '--fail-on', 'CRITICAL')
  assert.match(stdout, new RegExp(`CRITICAL {2}${name}: Holds the container runtime`))
  assert.ok(!stdout.includes('SYS_ADMIN'))
  assert.equal(status, 2)
})
