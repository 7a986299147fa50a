import { spawnSync } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { availableParallelism, freemem, loadavg, tmpdir, totalmem } from 'node:os'

const mostLines = 30
const mostWords = 160

/** What the machine was at when a test failed, for whoever reads a log and cannot ask the machine: load, memory, disk, containers, our processes. */
export function circumstances(): string {
  const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1)
  const { bavail, bsize } = statfsSync(tmpdir())
  const load = loadavg().map(each => each.toFixed(1))
  return [
    `   the machine: load ${load.join(' ')} on ${availableParallelism()} processors, ${gigabytes(freemem())} of ${gigabytes(totalmem())} GiB free, ${gigabytes(bavail * bsize)} GiB of disk`,
    ...linesOf('container', 'docker', ['ps', '--all', '--format', '{{.Names}} ({{.Status}})']),
    ...linesOf('process', 'ps', ['-eo', 'pid=,etimes=,stat=,args=']).filter(line => /jenner/i.test(line)),
  ]
    .slice(0, mostLines)
    .join('\n')
}

/** What a program tells, a line each; nothing where it is not here. */
function linesOf(what: string, program: string, words: string[]): string[] {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 10_000 })
  if (status !== 0) return []
  const lines = stdout.split('\n').filter(line => line.trim() !== '')
  return lines.map(line => `   ${what}: ${line.trim().slice(0, mostWords)}`)
}
