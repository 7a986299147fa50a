import { deepEqual, equal, throws } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { claim, disclaim, makePlace, type Place, placeOf, runningAt } from './place.ts'

const skip = process.platform !== 'linux' && 'needs /proc'

function setUp(t: TestContext): Place {
  const base = mkdtempSync(join(tmpdir(), 'jenner-place-'))
  t.after(() => rmSync(base, { recursive: true, force: true }))
  const place = placeOf(join(base, 'state'))
  makePlace(place)
  return place
}

/** The note that a process of this pid would have left. */
function note(place: Place, pid: number): void {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  writeFileSync(place.runFile, JSON.stringify({ pid, started, url: 'http://127.0.0.1:1', since: '' }))
}

test('a platform is claimed, known and given back', { skip }, t => {
  const place = setUp(t)
  equal(runningAt(place), undefined)
  claim(place, 'http://127.0.0.1:7070')
  deepEqual([runningAt(place)?.pid, runningAt(place)?.url], [process.pid, 'http://127.0.0.1:7070'])
  disclaim(place)
  equal(runningAt(place), undefined)
})

test('one that runs is refused a second time; one whose pid is another process now is not', { skip }, t => {
  const place = setUp(t)
  note(place, process.ppid)
  throws(() => claim(place), { code: 'already_running' })
  writeFileSync(place.runFile, JSON.stringify({ pid: process.ppid, started: '1', url: '', since: '' }))
  equal(runningAt(place), undefined)
  for (const broken of ['', '{', '{"pid":"1"}', 'null']) {
    writeFileSync(place.runFile, broken)
    equal(runningAt(place), undefined)
  }
})

test('a process that ended and is not reaped yet runs nothing', { skip }, async t => {
  const place = setUp(t)
  // The shell starts a process, becomes one that waits for nobody, and so leaves it as a zombie.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => parent.kill('SIGKILL'))
  const pid = await new Promise<number>(resolve => parent.stdout.once('data', chunk => resolve(Number(String(chunk)))))
  note(place, pid)
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) await new Promise(done => setTimeout(done, 20))
  equal(runningAt(place), undefined)
})
