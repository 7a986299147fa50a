import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * What a platform takes of a processor while nothing happens: `node bench/idle.ts STATE [SECONDS]`. Processor time of all its processes (proc(5), stat fields 14 to 17: what
 * children took that ended meanwhile is in), over a minute by default. Exit 1 above the limit.
 */
const limit = 2
const [state = '/var/lib/jenner', seconds = '60'] = process.argv.slice(2)
const { pid } = JSON.parse(readFileSync(join(state, 'run.json'), 'utf8')) as { pid: number }
const before = new Map(family(pid).map(each => [each, ticksOf(each)]))
await pause(Number(seconds) * 1000)
let all = 0
for (const [each, ticks] of before) {
  const now = ticksOf(each)
  if (now === undefined || ticks === undefined) continue
  const share = (now - ticks) / Number(seconds)
  all += share
  console.log(`${share.toFixed(2).padStart(6)} %  ${nameOf(each)}`)
}
console.log(`${all.toFixed(2).padStart(6)} %  of one core, limit ${limit} %`)
process.exitCode = all > limit ? 1 : 0

/** A process and those below it. */
function family(root: number): number[] {
  const children = read(`/proc/${root}/task/${root}/children`).split(' ').filter(Boolean)
  return [root, ...children.flatMap(child => family(Number(child)))]
}

/** Hundredths of a second. */
function ticksOf(process: number): number | undefined {
  const stat = read(`/proc/${process}/stat`)
  if (stat === '') return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}

function nameOf(process: number): string {
  const words = read(`/proc/${process}/cmdline`).split('\0')
  return words.find(word => word.endsWith('.ts') || word.endsWith('.js'))?.replace(/^.*\/src\//, '') ?? words[0] ?? ''
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
