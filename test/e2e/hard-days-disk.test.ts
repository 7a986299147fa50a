/** Full disks: under the file of alerts, and under the state folder when a container must be cut off. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { verifyAudit } from '../../src/runtime/respond/audit.ts'
import { hardDayRules } from './hard-days/rules.ts'
import { holds, startWatch, unableToWatch } from './hard-days/watch.ts'

const noNft = spawnSync('nft', ['list', 'tables'], { stdio: 'ignore' }).status === 0 ? false : 'needs nft'
const skip = unableToWatch() || noNft
const folder = mkdtempSync(join(tmpdir(), 'jenner-hard-disk-'))
const small = join(folder, 'small')
const name = `jenner-hard-disk-${process.pid}`
const image = `${name}:1.0`
const launcher = join(import.meta.dirname, '../../jenner')

before(() => {
  if (skip !== false) return
  mkdirSync(small)
  buildImage(image)
  docker(['run', '-d', '--name', name, image, 'sleep', '600'])
})

after(() => {
  if (skip === false) {
    docker(['rm', '--force', name])
    docker(['rmi', '--force', image])
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the test with a disk of so many bytes at `small`. */
async function onDisk(bytes: number, work: () => Promise<void>): Promise<void> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', small])
  try {
    await work()
  } finally {
    execFileSync('umount', ['-l', small])
  }
}

const fill = (): void => void spawnSync('dd', ['if=/dev/zero', `of=${small}/filler`, 'bs=4k'], { stdio: 'ignore' })
const mark = (number: number) => docker(['exec', name, 'bash', '-c', `: > /tmp/mark${number}`])

test(
  'alerts that the disk does not take are printed, it is said, and the file goes on once there is room',
  { skip },
  () =>
    onDisk(64 << 10, async () => {
      const rules = join(folder, 'rules.yaml')
      writeFileSync(rules, hardDayRules)
      const file = join(small, 'alerts.json')
      const watch = await startWatch({ rules: [rules], cwd: folder, flags: ['-o', file] })
      fill()
      for (let number = 0; number < 12; number++) mark(number)
      assert.ok(await watch.heard(name, 'Mark'), 'no alert came out another way')
      assert.ok(await holds(() => /alerts\.json: .*ENOSPC/.test(watch.said()), 10_000), watch.said())
      rmSync(join(small, 'filler'))
      mark(100)
      const lines = () => readFileSync(file, 'utf8').trim().split('\n')
      assert.ok(await holds(() => lines().at(-1)!.includes('/tmp/mark100'), 10_000), 'the file does not go on')
      assert.ok(
        lines()
          .filter(line => line.endsWith('}'))
          .every(line => JSON.parse(line) !== null),
      )
      assert.notEqual(await watch.stop(), 0)
    }),
)

test(
  'a full disk under the state folder keeps nobody from cutting a container off, nor from giving it back',
  { skip },
  () =>
    onDisk(1 << 20, async () => {
      const jenner = (...words: string[]) =>
        spawnSync(launcher, [...words, '--state', small, '--lang', 'en'], { encoding: 'utf8' })
      assert.equal(jenner('ps').status, 0)
      fill()
      const cut = jenner('isolate', name, '--evidence')
      assert.equal(cut.status, 1, 'evidence is missing, which is a failure')
      assert.match(cut.stdout + cut.stderr, /ENOSPC/, 'that the evidence is missing is not said')
      const pid = docker(['inspect', '-f', '{{.State.Pid}}', name]).stdout.trim()
      const inside = () => spawnSync('nsenter', ['-t', pid, '-n', 'nft', 'list', 'table', 'inet', 'jenner']).status
      assert.equal(inside(), 0, 'it is not cut off')
      const back = jenner('release', name)
      assert.equal(back.status, 0, back.stderr)
      assert.notEqual(inside(), 0, 'it is not given back')
      assert.ok(verifyAudit(join(small, 'responses.log')) >= 2)
    }),
)
