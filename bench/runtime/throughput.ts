/** The watch with the stock rules under two saturating loops: how much it judges, what that costs, what it loses. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { SensorCounters } from '../../src/base/model/runtime.ts'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import type { Bar } from './bars.ts'

/** The code is warmed up first: a sensor runs for days. */
const warmUp = 6
const seconds = 8

interface Look {
  cpu: number
  memory: number
  counters: SensorCounters
}

/** As the launcher has it: Node keeps what it compiled, and from the second start on nothing is translated, which takes 25 MiB of each process. */
const compiled =
  process.env.NODE_COMPILE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'jenner/compiled')

/** Two loops that open a file to write and close it, as fast as they can. */
export async function measureThroughput(image: string, rules: readonly string[]): Promise<Bar[]> {
  const start = (): ChildProcess =>
    fork(new URL('./watch-child.ts', import.meta.url), rules, { env: { ...process.env, NODE_COMPILE_CACHE: compiled } })
  const first = start()
  await once(first, 'message')
  first.send('stop')
  await once(first, 'exit')
  const child = start()
  const name = `jenner-bench-load-${process.pid}`
  try {
    await once(child, 'message')
    docker(['run', '-d', '--network', 'none', '--name', name, image, 'sleep', '600'])
    await load(name, warmUp)
    const before = await look(child)
    const took = await load(name, seconds)
    return barsOf(before, await look(child), took)
  } finally {
    docker(['rm', '--force', name])
    child.send('stop')
    await once(child, 'exit')
  }
}

async function load(name: string, time: number): Promise<number> {
  const loop = `perl -e '$end = time + ${time}; while (time < $end) { for (1..5000) { sysopen F, "/tmp/flood$$", 0102; close F } }'`
  const began = performance.now()
  await dockerAsync(['exec', name, 'sh', '-c', `${loop} & ${loop} & wait`], 60_000)
  return (performance.now() - began) / 1000
}

async function look(child: ChildProcess): Promise<Look> {
  child.send('look')
  const [answer] = (await once(child, 'message')) as [Look]
  return answer
}

function barsOf(before: Look, after: Look, took: number): Bar[] {
  const sum = (lost: Record<string, number>): number => Object.values(lost).reduce((total, each) => total + each, 0)
  const of = (key: 'produced' | 'filtered' | 'judged'): number => after.counters[key] - before.counters[key]
  const judged = of('judged')
  const lost = sum(after.counters.lost) - sum(before.counters.lost)
  console.log(
    `throughput: ${of('produced')} produced, ${of('filtered')} filtered, ${judged} judged, ${lost} lost in ${took.toFixed(1)} s`,
  )
  return [
    {
      what: 'events judged a second by the stock rules',
      measured: judged / took,
      limit: 200_000,
      unit: '/s',
      least: true,
      digits: 0,
    },
    { what: 'events lost', measured: lost, limit: 0, unit: 'events', digits: 0 },
    {
      what: 'sensor CPU per million judged',
      measured: (after.cpu - before.cpu) / (judged / 1e6),
      limit: 1.5,
      unit: 's',
    },
    { what: 'resident memory', measured: after.memory, limit: 150, unit: 'MiB', digits: 0 },
  ]
}
