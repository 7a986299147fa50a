/** The container runtime dies and comes back while we watch. A daemon of the test's own is killed, never the machine's. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { createDaemon } from './hard-days/daemon.ts'
import { hardDayRules } from './hard-days/rules.ts'
import { holds, startWatch, unableToWatch } from './hard-days/watch.ts'

const noDaemon = ['/usr/sbin/dockerd', '/usr/bin/dockerd'].some(existsSync) ? false : 'needs dockerd'
const skip = unableToWatch() || noDaemon
const folder = mkdtempSync(join(tmpdir(), 'jenner-hard-docker-'))
const name = `jenner-hard-docker-${process.pid}`
const image = `${name}:1.0`

after(() => {
  if (skip === false) docker(['rmi', '--force', image])
  rmSync(folder, { recursive: true, force: true })
})

test('Docker killed and started again: what runs is watched all the time, what comes later is named', {
  skip,
}, async context => {
  const daemon = createDaemon()
  const rules = join(folder, 'rules.yaml')
  writeFileSync(rules, hardDayRules)
  const run = (container: string, ...command: string[]) =>
    daemon.docker('run', '-d', '--network', 'none', '--name', container, image, ...command)
  try {
    if (!(await daemon.start())) return context.skip('a second Docker daemon does not start here')
    buildImage(image)
    const archive = join(folder, 'image.tar')
    docker(['save', '-o', archive, image])
    assert.equal(daemon.docker('load', '-i', archive).status, 0)
    const loop = 'while :; do sleep 0.2; n=$((n + 1)); : > /tmp/mark$n; done'
    const began = run(`${name}-a`, 'bash', '-c', loop)
    assert.equal(began.status, 0, began.stderr)
    const watch = await startWatch({ rules: [rules], cwd: folder, env: { DOCKER_HOST: daemon.host } })
    try {
      const marks = (): number =>
        watch.alerts.filter(({ rule, container }) => rule === 'Mark' && container?.name === `${name}-a`).length
      assert.ok(await holds(() => marks() > 2, 30_000), 'the container is not named at first')
      await daemon.kill()
      const before = marks()
      assert.ok(await holds(() => marks() > before + 2, 30_000), 'it is not named while Docker is away')
      assert.ok(await daemon.start(), 'the daemon did not come back')
      const after = marks()
      const late = run(`${name}-b`, 'bash', '-c', ': > /tmp/mark; sleep 2')
      assert.equal(late.status, 0, late.stderr)
      const alert = await watch.heard(`${name}-b`, 'Mark')
      assert.equal(alert?.container?.image, image)
      assert.ok(await holds(() => marks() > after, 30_000), 'the one that went on is not named any more')
    } finally {
      await watch.stop()
    }
  } finally {
    await daemon.remove()
  }
  assert.equal(spawnSync('docker', ['version'], { stdio: 'ignore' }).status, 0)
})
