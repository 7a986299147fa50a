import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Measure {
  /** Milliseconds from start to exit. */
  wall: number
  /** Largest sum of the memory of the process and its descendants, in MiB, sampled every 20 ms; a page that several share counts once (PSS). */
  pss: number
  status: number
  stderr: string
}

/** Runs a command to its end; its output is thrown away. */
export async function measure(command: string[], env: Record<string, string> = {}): Promise<Measure> {
  const started = performance.now()
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  let pss = 0
  const sample = setInterval(() => {
    pss = Math.max(pss, treeMemory(child.pid ?? 0))
  }, 20)
  const stderr = collect(child)
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? -1))
  })
  clearInterval(sample)
  return { wall: performance.now() - started, pss: pss / 1024, status, stderr: await stderr }
}

/** The commands in turn, `rounds` times over, so that what else the machine does falls on all of them alike; the median of each. */
export async function compare(commands: Record<string, string[]>, rounds: number): Promise<Record<string, Measure>> {
  const runs = new Map<string, Measure[]>(Object.keys(commands).map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) runs.get(name)!.push(await measure(command))
  }
  return Object.fromEntries([...runs].map(([name, list]) => [name, middle(list)]))
}

function middle(runs: Measure[]): Measure {
  const byWall = runs.toSorted((a, b) => a.wall - b.wall)
  const peak = Math.max(...runs.map(run => run.pss))
  return { ...byWall[runs.length >> 1]!, pss: peak }
}

async function collect(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const piece of child.stderr!) text = (text + piece).slice(-4000)
  return text
}

/** KiB. Processes that end meanwhile count nothing. */
function treeMemory(pid: number): number {
  try {
    const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    const children = readdirSync(`/proc/${pid}/task`).flatMap(task => {
      const list = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim()
      return list === '' ? [] : list.split(' ').map(Number)
    })
    return own + children.reduce((sum, child) => sum + treeMemory(child), 0)
  } catch {
    return 0
  }
}
