import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { ancestor, ancestorField, eldest, over } from './ancestors.ts'
import { isHealthcheck } from './healthcheck.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Fields of class `proc`. `offset` gives the ns between the monotonic clock's start and the epoch. */
export function processFields(offset: () => bigint): (name: string, given: string | undefined) => Reader | undefined {
  const startOf = (process: Process): bigint => process.startedAt + offset()
  const timed: ReaderTable = {
    duration: event => sinceStart(event.process, event),
    'ppid.duration': event => (event.process.parent ? sinceStart(event.process.parent, event) : undefined),
    'pid.ts': event => startOf(event.process),
    'ppid.ts': event => (event.process.parent ? startOf(event.process.parent) : undefined),
    'exe_ino.ctime_duration_proc_start': ({ process }) => {
      const start = startOf(process)
      return process.exeCtime > 0n && start > process.exeCtime ? start - process.exeCtime : undefined
    },
  }
  const sinceStart = (process: Process, event: RuntimeEvent): number | undefined => {
    const duration = Number(event.time - startOf(process))
    return process.startedAt > 0n ? Math.max(0, duration) : undefined
  }
  return (name, given) => {
    const overAncestors = ancestors[name]
    if (overAncestors && Object.hasOwn(ancestors, name)) return ancestorField(overAncestors, given)
    if (name === 'env' || name === 'aenv') return environment(name, given)
    if (given !== undefined) return undefined
    return lookUp(plain, name) ?? lookUp(timed, name)
  }
}

const ancestors: Readonly<Record<string, (process: Process) => string | number>> = {
  aname: process => process.comm,
  aexe: process => process.exe,
  aexepath: process => process.exepath,
  acmdline: cmdline,
  apid: process => process.pid,
}

/** `comm` and the arguments, joined by blanks: Falco's `proc.cmdline`. Kept for each list of arguments. */
export function cmdline(process: Process): string {
  const known = lines.get(process.args)
  if (known && known.comm === process.comm) return known.line
  const line = process.args.length === 0 ? process.comm : `${process.comm} ${argumentsOf(process)}`
  lines.set(process.args, { comm: process.comm, line })
  return line
}

const lines = new WeakMap<string[], { comm: string; line: string }>()
const joined = new WeakMap<string[], string>()

function argumentsOf({ args }: Process): string {
  const known = joined.get(args)
  if (known !== undefined) return known
  const text = args.join(' ')
  joined.set(args, text)
  return text
}

const sameSession = (a: Process, b: Process): boolean => a.sid === b.sid && a.containerId === b.containerId
const sameGroup = (a: Process, b: Process): boolean => a.vpgid === b.vpgid && a.containerId === b.containerId
const sessionLeader = (process: Process): Process => eldest(process, sameSession)
const groupLeader = (process: Process): Process => eldest(process, sameGroup)
const parent = (process: Process): Process | undefined => process.parent

const plain: ReaderTable = {
  name: event => event.process.comm,
  exe: event => event.process.exe,
  exepath: event => event.process.exepath,
  args: event => argumentsOf(event.process),
  cmdline: event => cmdline(event.process),
  exeline: ({ process }) => (process.args.length === 0 ? process.exe : `${process.exe} ${argumentsOf(process)}`),
  cmdnargs: event => event.process.args.length,
  cmdlenargs: event => event.process.args.reduce((sum, { length }) => sum + length, 0),
  cwd: event => event.process.cwd,
  tty: event => event.process.tty,
  pid: event => event.process.pid,
  ppid: event => event.process.ppid,
  vpid: event => event.process.vpid,
  vpgid: event => event.process.vpgid,
  sid: event => event.process.sid,
  loginshellid: event => loginShell(event.process),
  pname: event => event.process.parent?.comm,
  pexe: event => event.process.parent?.exe,
  pexepath: event => event.process.parent?.exepath,
  pcmdline: over(parent, cmdline),
  pvpid: event => event.process.parent?.vpid,
  pgid: event => groupLeader(event.process).pid,
  sname: event => sessionLeader(event.process).comm,
  'sid.exe': event => sessionLeader(event.process).exe,
  'sid.exepath': event => sessionLeader(event.process).exepath,
  'vpgid.name': event => groupLeader(event.process).comm,
  'vpgid.exe': event => groupLeader(event.process).exe,
  'vpgid.exepath': event => groupLeader(event.process).exepath,
  'pgid.name': event => groupLeader(event.process).comm,
  'pgid.exe': event => groupLeader(event.process).exe,
  'pgid.exepath': event => groupLeader(event.process).exepath,
  is_sid_leader: ({ process }) => process.sid === process.vpid,
  is_vpgid_leader: ({ process }) => process.vpgid === process.vpid,
  is_pgid_leader: ({ process }) => process.vpgid === process.vpid,
  is_exe_writable: event => event.process.exeWritable,
  is_exe_upper_layer: event => event.process.exeUpperLayer,
  is_exe_from_memfd: event => event.process.exeMemfd,
  exe_ino: event => event.process.exeInode,
  'exe_ino.ctime': event => event.process.exeCtime,
  'exe_ino.mtime': event => event.process.exeMtime,
  is_container_healthcheck: event => isHealthcheck(event),
  is_container_liveness_probe: () => false,
  is_container_readiness_probe: () => false,
}

const shells = new Set(['sh', 'bash', 'csh', 'zsh', 'ksh', 'tcsh', 'dash', 'ash'])

/** The eldest shell above (or the process itself), without a gap. */
function loginShell(process: Process): number | undefined {
  let found: number | undefined
  for (let steps = 0; steps < 100; steps++) {
    const at = ancestor(process, steps)
    if (!at) break
    if (shells.has(at.comm)) found = at.pid
  }
  return found
}

function environment(name: string, given: string | undefined): Reader {
  if (name === 'aenv') {
    const steps = given !== undefined && /^\d{1,4}$/.test(given) ? Number(given) : undefined
    return event => {
      if (steps !== undefined) return ancestor(event.process, steps)?.env.join(' ')
      for (let at: Process | undefined = event.process.parent; at; at = at.parent) {
        const value = given === undefined ? at.env.join(' ') : variable(at, given)
        if (value !== undefined) return value
      }
      return undefined
    }
  }
  if (given !== undefined) return event => variable(event.process, given)
  return event => {
    const { env } = event.process
    const known = joined.get(env)
    if (known !== undefined) return known
    const text = env.join(' ')
    joined.set(env, text)
    return text
  }
}

function variable({ env }: Process, name: string): string | undefined {
  const found = env.find(line => line.startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}
