/**
 * Ordinary services at work in real containers: our own library says nothing above notice. A minute in the suite; ten with JENNER_LONG=1.
 * It counts what was judged, so that it cannot pass by seeing nothing.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker } from '../../src/runtime/drill/docker.ts'
import { holds, pause, startWatch, totals, unableToWatch, type Watch } from './hard-days/watch.ts'
import { buildServices, certificates } from './quiet/root.ts'
import { services } from './quiet/services.ts'

const skip = unableToWatch()
const seconds = process.env.JENNER_LONG === '1' ? 600 : 60
const folder = mkdtempSync(join(tmpdir(), 'jenner-quiet-'))
const prefix = `jenner-quiet-${process.pid}`
const image = `${prefix}:1`
const quiet = ['Notice', 'Informational', 'Debug']
let refused: string | false = false
let watch: Watch | undefined

before(async () => {
  if (skip !== false) return
  refused = await buildServices(image)
  if (refused === false) watch = await startWatch({ cwd: folder })
})

after(async () => {
  await watch?.stop()
  if (skip === false) {
    for (const { name } of services) docker(['rm', '--force', '--volumes', `${prefix}-${name}`])
    docker(['rmi', '--force', image])
  }
  rmSync(folder, { recursive: true, force: true })
})

test(`${seconds} quiet seconds of nginx, PostgreSQL, npm and apt raise no alert above notice`, {
  skip,
}, async context => {
  if (!watch) return context.skip(String(refused))
  const settings = ['-e', 'NPM_CONFIG_CAFILE=/etc/ssl/certs/ca-certificates.crt', ...certificates]
  for (const { name, script } of services) {
    const words = ['run', '-d', '--name', `${prefix}-${name}`, ...settings, image, 'sh', '-c', script]
    const { status, stderr } = docker(words)
    assert.equal(status, 0, stderr)
  }
  const ready = (name: string): boolean => docker(['logs', `${prefix}-${name}`]).stdout.includes('ready')
  for (const { name } of services) assert.ok(await holds(() => ready(name), 240_000), `${name} did not get to work`)
  await pause(seconds * 1000)
  for (const { name } of services) {
    const running = docker(['inspect', '-f', '{{.State.Running}}', `${prefix}-${name}`]).stdout.trim()
    assert.equal(running, 'true', `${name} has ended: ${docker(['logs', '--tail', '20', `${prefix}-${name}`]).stderr}`)
  }
  const own = watch.alerts.filter(({ container }) => container?.name.startsWith(prefix))
  await watch.stop()
  const { judged, filtered, lost } = totals(watch.said())
  context.diagnostic(`${judged} judged, ${filtered} filtered, ${lost} lost, ${own.length} alerts`)
  for (const [rule, count] of countBy(own.map(alert => `${alert.priority}: ${alert.rule}`)))
    context.diagnostic(`${count} × ${rule}`)
  const loud = own.filter(({ priority }) => !quiet.includes(priority))
  assert.deepEqual(
    loud.map(({ rule, output }) => `${rule}: ${output}`),
    [],
  )
  assert.ok(judged > seconds * 200, `only ${judged} events were judged`)
  // A machine whose processors are taken by others may lose some; not so many that silence means nothing.
  assert.ok(lost < judged / 10, `${lost} lost`)
})

function countBy(words: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
