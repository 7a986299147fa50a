import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { deviationOf, explain } from './deviation.ts'
import { exportProfile, importProfile } from './json.ts'
import { apply, createHistories, createProfile, facetLimits, followCalls, observe, type Profile } from './profile.ts'
import { connectTo, testEvent, testProcess } from './testing.ts'

const image = `sha256:${'ab'.repeat(32)}`
const server = testProcess()

/** What a steady service does in ten seconds: connections to its database, log lines, a health check now and then. */
function* steady(from: number, to: number): Generator<RuntimeEvent> {
  for (let second = from; second < to; second += 10) {
    for (const type of ['accept4', 'read', 'write', 'close', 'epoll_wait', 'futex', 'openat', 'fstat'])
      yield testEvent(type, second)
    yield connectTo(second + 1, '10.0.0.5', 5432)
    yield testEvent('openat', second + 2, { args: { flags: 0o1101, name: '/var/log/app/access.log' } })
    yield testEvent('execve', second + 3, {
      process: testProcess({ exepath: '/usr/bin/curl', args: ['-f', 'http://localhost:8080/health'], parent: server }),
    })
  }
}

/** Learns events until done; answers the second at which learning ended. */
function learn(profile: Profile, events: Iterable<RuntimeEvent>): number | undefined {
  const start = testEvent('x', 0).time
  for (const event of events)
    if (apply(profile, observe(profile, event))) return Number((event.time - start) / 1_000_000_000n)
  return undefined
}

function learned(): Profile {
  const profile = createProfile(image, testEvent('x', 0).time)
  assert.ok(learn(profile, steady(0, 7200)))
  return profile
}

function judge(profile: Profile, event: RuntimeEvent) {
  return deviationOf(profile, observe(profile, event), event)
}

test('a steady service is learned within minutes, and then nothing it does deviates', () => {
  const profile = createProfile(image, testEvent('x', 0).time)
  const end = learn(profile, steady(0, 7200))
  assert.ok(end !== undefined && end >= 420 && end <= 3600, `after ${end} s`)
  for (const event of steady(8000, 8600)) assert.equal(judge(profile, event), undefined)
})

test('new behaviour puts the end off', () => {
  function* restless(): Generator<RuntimeEvent> {
    for (let minute = 0; minute < 600; minute++) {
      yield* steady(minute * 60, minute * 60 + 60)
      const name = [...String(minute)].map(digit => 'abcdefghij'[Number(digit)]).join('')
      if (minute < 60)
        for (const part of ['x', 'y', 'z'])
          yield testEvent('execve', minute * 60 + 59, { process: testProcess({ exepath: `/opt/${name}/${part}` }) })
    }
  }
  const end = learn(createProfile(image, testEvent('x', 0).time), restless())
  assert.ok(end !== undefined && end > 3600, `after ${end} s`)
})

test('a busy loop does not drown what is new', () => {
  function* busy(): Generator<RuntimeEvent> {
    for (let second = 0; second < 3600; second++) {
      for (let turn = 0; turn < 50; turn++) yield testEvent('openat', second + turn / 100)
      const name = [...String(second)].map(digit => 'abcdefghij'[Number(digit)]).join('')
      if (second % 20 === 0) yield testEvent('execve', second, { process: testProcess({ exepath: `/opt/${name}/x` }) })
    }
  }
  assert.equal(learn(createProfile(image, testEvent('x', 0).time), busy()), undefined)
})

test('an idle container is not called learned for want of events', () => {
  function* idle(): Generator<RuntimeEvent> {
    for (let minute = 0; minute < 60; minute++) yield testEvent('nanosleep', minute * 60)
  }
  assert.equal(learn(createProfile(image, testEvent('x', 0).time), idle()), undefined)
})

test('a restart goes on where learning stood', () => {
  const whole = createProfile(image, testEvent('x', 0).time)
  const end = learn(whole, steady(0, 7200))
  const first = createProfile(image, testEvent('x', 0).time)
  assert.equal(learn(first, steady(0, 250)), undefined)
  const second = importProfile(exportProfile(first))
  assert.ok(typeof second !== 'string')
  assert.equal(learn(second, steady(250, 7200)), end)
  assert.equal(exportProfile(second), exportProfile(whole))
})

const deviations: [what: string, event: RuntimeEvent, facets: string[], least: number][] = [
  [
    'a shell',
    testEvent('execve', 9000, {
      process: testProcess({ exepath: '/bin/sh', args: ['-i'], uid: 1000, parent: server }),
    }),
    ['executable', 'child', 'argument'],
    70,
  ],
  [
    'a dropped program',
    testEvent('execve', 9000, {
      process: testProcess({ exepath: '/usr/bin/curl', exeUpperLayer: true, parent: server }),
    }),
    ['executable', 'child', 'argument'],
    85,
  ],
  ['another peer', connectTo(9000, '203.0.113.9', 4444), ['peer'], 30],
  ['a connection on its way', connectTo(9000, '203.0.113.9', 4444, { result: -115n }), ['peer'], 30],
  [
    'a port of its own',
    testEvent('listen', 9000, { fd: { num: 3, typechar: '4', name: '', localPort: 31_337 } }),
    ['listen', 'syscall'],
    50,
  ],
  ['ptrace', testEvent('ptrace', 9000), ['syscall'], 50],
  [
    'root',
    testEvent('execve', 9000, {
      process: testProcess({
        exepath: '/usr/bin/curl',
        uid: 0,
        args: ['-f', 'http://localhost:8080/health'],
        parent: server,
      }),
    }),
    ['user'],
    40,
  ],
  ['a file in /etc', testEvent('openat', 9000, { args: { flags: 0o101, name: '/etc/cron.d/x' } }), ['write'], 20],
  ['a capability', testEvent('capable', 9000, { args: { cap: 21 } }), ['capability'], 50],
]
for (const [what, event, facets, least] of deviations)
  test(`deviates: ${what}`, () => {
    const found = judge(learned(), event)
    assert.deepEqual(found?.reasons.map(reason => reason.facet).sort(), [...facets].sort())
    assert.ok(found.score >= least && found.score <= 100, `score ${found.score}`)
    for (const language of ['en', 'ko'] as const) {
      const text = explain(found, language)
      assert.ok(text.includes(found.reasons[0]!.key) && !text.includes('profile.') && !text.includes('{'))
    }
  })

test('what was refused is not done; what learns does not deviate', () => {
  const profile = learned()
  assert.equal(judge(profile, connectTo(9000, '203.0.113.9', 4444, { result: -111n })), undefined)
  const fresh = createProfile(image, 0n)
  assert.equal(judge(fresh, testEvent('ptrace', 1)), undefined)
})

test('a hostile program name cannot reach the terminal, a password not the profile', () => {
  const process = testProcess({ exepath: '/tmp/\x1b]0;x\x07', args: ['--password=correct-horse-1', '--token', 'x'] })
  const found = judge(learned(), testEvent('execve', 9000, { process }))
  const text = explain(found!, 'en')
  assert.ok(!text.includes('\x1b') && !text.includes('correct-horse'), text)
})

test('a surprising order of calls raises the rank, never the score', () => {
  const profile = createProfile(image, 0n)
  const histories = createHistories()
  for (let turn = 0; turn < 300; turn++)
    for (const type of ['accept4', 'read', 'write', 'close'])
      followCalls(profile, histories, testEvent(type, turn), true)
  const usual = followCalls(profile, histories, testEvent('accept4', 400), false)
  const strange = followCalls(profile, histories, testEvent('close', 401), false)
  assert.ok(usual !== undefined && strange !== undefined && usual < 0.2 && strange > 6, `${usual} ${strange}`)
  const done = learned()
  const event = testEvent('ptrace', 9000)
  const delta = observe(done, event)
  const [plain, raised] = [deviationOf(done, delta, event, 0), deviationOf(done, delta, event, 12)]
  assert.equal(plain?.score, raised?.score)
  assert.equal((raised?.rank ?? 0) - (plain?.rank ?? 0), 15)
  const known = testEvent('read', 9000)
  assert.equal(deviationOf(done, observe(done, known), known, 20), undefined)
})

test('many peers become networks, many networks any peer; memory stays bounded', () => {
  const profile = createProfile(image, 0n)
  for (let host = 1; host <= 40; host++) apply(profile, observe(profile, connectTo(1, `10.0.0.${host}`, 443)))
  assert.deepEqual([...profile.facets.peer.entries.keys()], ['10.0.0.0/24 tcp 443'])
  assert.equal(profile.facets.peer.entries.get('10.0.0.0/24 tcp 443')?.count, 40)
  for (let net = 1; net <= 40; net++)
    for (let host = 1; host <= 40; host++) apply(profile, observe(profile, connectTo(1, `10.1.${net}.${host}`, 443)))
  assert.deepEqual([...profile.facets.peer.entries.keys()], ['* tcp 443'])
  for (let turn = 0; turn < 20_000; turn++) {
    const name = turn.toString(26).replace(/\d/g, digit => 'qrstuvwxyz'[Number(digit)]!)
    apply(
      profile,
      observe(
        profile,
        testEvent('execve', turn, { process: testProcess({ exepath: `/${name}/${name}`, args: [name] }) }),
      ),
    )
  }
  for (const [name, facet] of Object.entries(profile.facets))
    assert.ok(
      facet.entries.size <= facetLimits[name as keyof typeof facetLimits].entries + 4,
      `${name} ${facet.entries.size}`,
    )
  assert.ok(profile.facets.executable.overflow > 0)
})
