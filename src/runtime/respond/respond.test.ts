import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { ContainerInfo } from '../../base/model/runtime.ts'
import { actions } from './actions/index.ts'
import { needsHostSide } from './actions/isolate.ts'
import { appendAudit, verifyAudit } from './audit.ts'
import { maskInspect, maskWords, namesOf } from './evidence/mask.ts'
import { address } from './evidence/sockets.ts'
import { createTar } from './evidence/tar.ts'
import { walkUpper } from './evidence/upper.ts'
import { withLock } from './lock.ts'
import { matchesPattern, protection } from './protect.ts'
import { openStore, stateFolder } from './state.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-respond-unit-'))
after(() => rmSync(base, { recursive: true, force: true }))

const container: ContainerInfo = {
  id: 'a'.repeat(64),
  name: 'web',
  runtime: 'docker',
  image: 'shop/web:1',
  imageRepository: 'shop/web',
  imageTag: '1',
  imageId: '',
  labels: {},
  privileged: false,
  capAdd: [],
  hostNetwork: false,
  hostPid: false,
  hostIpc: false,
  mounts: [],
  user: '',
  createdAt: '',
  state: 'running',
  pid: 1,
}

test('every action has an id of its own and a title in both languages', () => {
  assert.equal(new Set(actions.map(({ id }) => id)).size, actions.length)
  for (const { title } of actions) assert.ok(title.en !== '' && /[가-힣]/.test(title.ko))
  assert.deepEqual(
    actions.filter(({ undo }) => undo !== undefined).map(({ id }) => id),
    ['isolate', 'pause', 'stop'],
  )
})

test('protected containers', () => {
  const of = (more: Partial<ContainerInfo>, policy = {}): string | undefined =>
    protection({ ...container, ...more }, policy, 'f'.repeat(64))
  assert.equal(of({}), undefined)
  assert.match(of({ labels: { 'jenner.protect': 'true' } })!, /label/)
  assert.equal(of({ labels: { 'jenner.protect': 'false' } }), undefined)
  const brought = { labels: { 'jenner.protect': 'true' }, imageLabels: ['jenner.protect'] }
  assert.equal(of(brought), undefined, 'an image does not protect itself')
  assert.match(of(brought, { labels: ['jenner.protect'] })!, /label/)
  assert.match(of({ id: 'f'.repeat(64) })!, /Jenner/)
  assert.match(of({ pod: { name: 'p', namespace: 'kube-system', uid: '', labels: {} } })!, /kube-system/)
  assert.match(of({}, { names: ['w*b'] })!, /name/)
  assert.match(of({}, { images: ['shop/*'] })!, /image/)
  assert.match(of({ labels: { tier: 'core' } }, { labels: ['tier'] })!, /label/)
  assert.equal(
    of({ labels: JSON.parse('{"__proto__":"x"}') as Record<string, string> }, { labels: ['constructor'] }),
    undefined,
  )
})

test('patterns', () => {
  for (const [text, pattern] of [
    ['abc', 'abc'],
    ['abc', '*'],
    ['abc', 'a*'],
    ['abc', '*c'],
    ['abc', 'a*c'],
    ['aXbXc', 'a*b*c'],
    ['', '*'],
    ['aa', '*a*a*'],
  ] as const)
    assert.ok(matchesPattern(text, pattern), `${text} ${pattern}`)
  for (const [text, pattern] of [
    ['abc', 'ab'],
    ['abc', 'b*'],
    ['a', 'a*a'],
    ['ab', 'a*b*b'],
    ['', 'a*'],
  ] as const)
    assert.ok(!matchesPattern(text, pattern), `${text} ${pattern}`)
  assert.ok(!matchesPattern('a'.repeat(50_000), `${'*a'.repeat(1000)}*b`))
})

test('which containers are cut from the host too', () => {
  assert.equal(needsHostSide({ privileged: false, capAdd: [], capDrop: ['ALL'] }), false)
  assert.equal(needsHostSide({ privileged: false, capAdd: [], capDrop: ['NET_RAW'] }), false)
  assert.equal(needsHostSide({ privileged: false, capAdd: [], capDrop: [] }), true)
  assert.equal(needsHostSide({ privileged: false, capAdd: ['NET_ADMIN'], capDrop: ['ALL'] }), true)
  assert.equal(needsHostSide({ privileged: true, capAdd: [], capDrop: ['ALL'] }), true)
})

test('the audit log shows a changed, a missing and a cut line', async () => {
  const file = join(base, 'audit.log')
  await Promise.all([1, 2, 3, 4].map(number => appendAudit(file, { number, text: 'a\nb' })))
  assert.equal(verifyAudit(file), 4)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const whole = readFileSync(file, 'utf8')
  const lines = whole.split('\n')
  writeFileSync(file, whole.replace('"number":2', '"number":7'))
  assert.throws(() => verifyAudit(file), { code: 'malformed' })
  writeFileSync(file, [lines[0], ...lines.slice(2)].join('\n'))
  assert.throws(() => verifyAudit(file), { code: 'malformed', detail: `${file}:2` })
  writeFileSync(file, whole)
  truncateSync(file, whole.length - 10)
  await appendAudit(file, { number: 5 })
  assert.throws(() => verifyAudit(file), { code: 'malformed' })
  assert.match(readFileSync(file, 'utf8').split('\n').at(-2)!, /"number":5/)
})

test('a lock whose owner is gone is broken; one in use is waited for', async () => {
  const file = join(base, 'lock')
  writeFileSync(file, '999999999')
  assert.equal(await withLock(file, () => 1), 1)
  const order: number[] = []
  await Promise.all([
    withLock(file, async () => {
      await new Promise(resolve => setTimeout(resolve, 30))
      order.push(1)
    }),
    withLock(file, () => void order.push(2)),
  ])
  assert.deepEqual(order, [1, 2])
})

test('responses survive a restart; a damaged one is told, and hides no other', () => {
  const folder = join(base, 'state')
  const fields = { containerId: container.id, containerName: 'web', image: '', reason: '', by: 'user', allow: [] }
  const store = openStore(folder)
  const second = store.add({ ...fields, action: 'pause', at: '2026-01-01T00:00:02Z' })
  store.add({ ...fields, action: 'isolate', at: '2026-01-01T00:00:01Z', undo: { namespace: 4 } })
  appendFileSync(join(folder, 'responses', 'bad.json'), '{')
  const again = openStore(folder)
  assert.deepEqual(
    again.list().map(({ action }) => action),
    ['isolate', 'pause'],
  )
  assert.deepEqual(again.list()[0]!.undo, { namespace: 4 })
  assert.equal(again.damaged().length, 1)
  again.remove(second.id)
  assert.equal(store.list().length, 1)
  assert.equal(statSync(join(folder, 'responses')).mode & 0o777, 0o700)
  assert.equal(stateFolder({}, undefined, 0), '/var/lib/jenner')
  assert.equal(stateFolder({ JENNER_STATE: '/s' }, undefined, 0), '/s')
  assert.equal(stateFolder({ JENNER_STATE: '/s' }, '/given', 0), '/given')
  assert.equal(stateFolder({ JENNER_STATE: '' }, undefined, 0), '/var/lib/jenner')
  assert.equal(stateFolder({ XDG_STATE_HOME: '/x' }, undefined, 1000), '/x/jenner')
})

test('secrets are hidden, names stay', () => {
  assert.deepEqual(
    maskWords([
      'mysql',
      '--password',
      'hidden',
      '-u',
      'me',
      '--token=hidden',
      'API_KEY=hidden',
      'postgres://u:hidden@h/d',
    ]),
    ['mysql', '--password', '***', '-u', 'me', '--token=***', 'API_KEY=***', 'postgres://u:***@h/d'],
  )
  assert.deepEqual(namesOf(['A=1', 'B', '', 'C=x=y']), ['A', 'B', 'C'])
  const masked = JSON.stringify(
    maskInspect({
      Config: { Env: ['SAFE=hidden'], Cmd: ['x', '--secret=hidden'], Labels: { 'db.password': 'hidden', team: 'a' } },
      Big: 5,
    }),
  )
  assert.doesNotMatch(masked, /hidden/)
  assert.match(masked, /"team":"a"/)
  assert.match(masked, /SAFE=\*\*\*/)
})

test('addresses as the kernel prints them', () => {
  assert.equal(address('0100007F:1F90'), '127.0.0.1:8080')
  assert.equal(address('00000000000000000000000001000000:0050'), '[0:0:0:0:0:0:0:1]:80')
})

test('the tar is one that others read, and its name appears when it is whole', () => {
  const file = join(base, 'e.tar')
  const source = join(base, 'source')
  writeFileSync(source, 'x'.repeat(700))
  const tar = createTar(file)
  tar.addText('a.json', '{}')
  const fd = openSync(source, 'r')
  tar.addFile('files/1', fd, 1000, { path: '/a' })
  closeSync(fd)
  assert.throws(() => statSync(file))
  tar.finish({ about: 'test' })
  assert.equal(execFileSync('tar', ['-tf', file], { encoding: 'utf8' }), 'a.json\nfiles/1\nmanifest.json\n')
  const manifest = JSON.parse(execFileSync('tar', ['-xOf', file, 'manifest.json'], { encoding: 'utf8' })) as {
    members: { shrankBy?: number; size: number }[]
  }
  assert.deepEqual(
    manifest.members.map(({ size, shrankBy }) => [size, shrankBy]),
    [
      [2, undefined],
      [1000, 300],
    ],
  )
})

test('the walk of an upper layer follows no link', () => {
  const root = join(base, 'upper')
  mkdirSync(join(root, 'tmp'), { recursive: true })
  writeFileSync(join(base, 'outside'), '#!/bin/sh\n', { mode: 0o755 })
  symlinkSync(base, join(root, 'out'))
  symlinkSync(join(base, 'outside'), join(root, 'tmp/link'))
  writeFileSync(join(root, 'tmp/script'), '#!/bin/sh\n')
  writeFileSync(join(root, 'tmp/program'), '\x7fELF', 'latin1')
  writeFileSync(join(root, 'tmp/bit'), 'x', { mode: 0o755 })
  writeFileSync(join(root, 'tmp/data'), 'plain')
  execFileSync('mkfifo', [join(root, 'tmp/pipe')])
  const seen: string[] = []
  assert.equal(
    walkUpper(root, ({ path }) => seen.push(path) > 0),
    true,
  )
  assert.deepEqual(seen.sort(), ['/tmp/bit', '/tmp/program', '/tmp/script'])
})
