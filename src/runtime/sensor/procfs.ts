import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import type { Process } from '../../base/model/runtime.ts'
import { emptyProcess } from './processes.ts'

const nanosecondsPerTick = 10_000_000n
const containerPattern = /([0-9a-f]{64})(?:\.scope)?(?:\/|$)/

/** What /proc tells of a running process; undefined when it is gone. `boot` is the boot clock ahead of the monotonic one, in ns. */
export function readProcess(pid: number, boot = 0n, proc = '/proc'): Process | undefined {
  const root = `${proc}/${pid}`
  const stat = readText(`${root}/stat`)
  const status = readText(`${root}/status`)
  if (stat === '' || status === '') return undefined
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  const fields = stat.slice(close + 2).split(' ')
  const process = emptyProcess(pid, BigInt(fields[19] ?? 0) * nanosecondsPerTick - boot)
  process.comm = stat.slice(open + 1, close)
  process.ppid = Number(fields[1])
  process.sid = Number(fields[3])
  process.tty = Number(fields[4])
  readStatus(process, status)
  readProgram(process, root)
  process.loginuid = Number(readText(`${root}/loginuid`) || -1) | 0
  process.containerId = containerOf(readText(`${root}/cgroup`))
  return process
}

/** The container's id in /proc/PID/cgroup, either version; '' outside of containers. */
export function containerOf(cgroups: string): string {
  for (const line of cgroups.split('\n')) {
    const found = containerPattern.exec(line)
    if (found) return found[1]!
  }
  return ''
}

/** Every process that runs. */
export function readAll(boot: bigint, proc = '/proc'): Process[] {
  const found: Process[] = []
  for (const name of readdirSync(proc)) {
    const pid = Number(name)
    const process = Number.isInteger(pid) ? readProcess(pid, boot, proc) : undefined
    if (process) found.push(process)
  }
  return found
}

function readStatus(process: Process, status: string): void {
  const lines = new Map<string, string[]>()
  for (const line of status.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0)
      lines.set(
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .trim()
          .split(/\s+/),
      )
  }
  const capability = (name: string) => BigInt(`0x${lines.get(name)?.[0] || '0'}`)
  process.uid = Number(lines.get('Uid')?.[1] ?? 0)
  process.gid = Number(lines.get('Gid')?.[1] ?? 0)
  process.vpid = Number(lines.get('NSpid')?.at(-1) ?? process.pid)
  process.vpgid = Number(lines.get('NSpgid')?.at(-1) ?? 0)
  process.capInheritable = capability('CapInh')
  process.capPermitted = capability('CapPrm')
  process.capEffective = capability('CapEff')
}

function readProgram(process: Process, root: string): void {
  const words = splitWords(readText(`${root}/cmdline`))
  process.exe = words[0] ?? process.comm
  process.args = words.slice(1)
  process.env = splitWords(readText(`${root}/environ`))
  process.cwd = readLink(`${root}/cwd`)
  const path = readLink(`${root}/exe`)
  process.exepath = path.replace(/ \(deleted\)$/, '')
  process.exeMemfd = path.startsWith('/memfd:')
  try {
    const { ino, ctimeNs, mtimeNs, mode } = statSync(`${root}/exe`, { bigint: true })
    Object.assign(process, { exeInode: ino, exeCtime: ctimeNs, exeMtime: mtimeNs, exeWritable: (mode & 0o222n) !== 0n })
  } catch {}
}

/** NUL-ended words, as in cmdline and environ. */
export function splitWords(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0')
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
