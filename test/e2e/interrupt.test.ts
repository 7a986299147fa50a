/** Verbs that compute for long end when they are interrupted, write nothing, and leave nothing behind. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { holds } from './hard-days/watch.ts'

const launcher = join(import.meta.dirname, '../../jenner')
const folder = mkdtempSync(join(tmpdir(), 'jenner-interrupt-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function start(words: string[]) {
  const child = spawn(launcher, words, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<string>(resolve =>
    child.once('close', (code, signal) => resolve(String(signal ?? `exit ${code}`))),
  )
  return { child, ended, output: () => output }
}

/** Many advisories in OSV's form, a file each: seconds of work. */
function writeAdvisories(to: string, count: number): void {
  mkdirSync(to)
  for (let number = 0; number < count; number++) {
    const id = `GHSA-aaaa-bbbb-${String(number).padStart(6, '0')}`
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }] }]
    const affected = [{ package: { ecosystem: 'npm', name: `package-${number}` }, ranges }]
    const record = { id, modified: '2026-01-01T00:00:00Z', details: `${number} `.repeat(100), affected }
    writeFileSync(join(to, `${id}.json`), JSON.stringify(record))
  }
}

const from = join(folder, 'feeds')
before(() => writeAdvisories(from, 15_000))

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`db build, by ${signal}`, async () => {
    const to = join(folder, `to-${signal}`)
    mkdirSync(to)
    const { child, ended } = start(['db', 'build', '--from', from, '-o', join(to, 'advisories.db')])
    assert.ok(await holds(() => readdirSync(to).length > 0 || child.exitCode !== null, 120_000))
    child.kill(signal)
    assert.equal(await ended, 'exit 130')
    assert.deepEqual(readdirSync(to), [])
  })

test('rules test against many events', async () => {
  const rules = join(folder, 'rules.yaml')
  const rule = (number: number): string =>
    `- {rule: r${number}, desc: d, condition: "evt.type = open and fd.name contains x${number}", output: o, priority: INFO}\n`
  writeFileSync(rules, Array.from({ length: 300 }, (_, number) => rule(number)).join(''))
  const { child, ended, output } = start(['rules', 'test', rules, '--against', '-'])
  const event = `${JSON.stringify({ 'evt.type': 'open', 'fd.name': `/${'a'.repeat(300)}` })}\n`
  await new Promise<void>(resolve => child.stdin.end(event.repeat(100_000), resolve))
  child.kill('SIGINT')
  assert.equal(await ended, 'SIGINT')
  assert.equal(output(), '')
})
