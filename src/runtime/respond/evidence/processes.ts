import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { containerIdOfProcCgroup } from '../../containers/cgroup-path.ts'
import { maskWords, namesOf } from './mask.ts'

/** A process of the container as /proc shows it (proc(5)); command line masked, environment by name only. */
export interface ProcessFacts {
  pid: number
  ppid: number
  /** In its own PID namespace. */
  vpid: number
  comm: string
  exe: string
  cwd: string
  cmdline: string[]
  uid: number
  gid: number
  capEffective: string
  /** Clock ticks since boot. */
  startTicks: number
  environmentNames: string[]
  files: { fd: number; target: string }[]
}

const maxProcesses = 5000
const maxFiles = 2000

/** Every process of a container, by the cgroup it is in. */
export function processesOf(containerId: string, proc = '/proc'): ProcessFacts[] {
  const found: ProcessFacts[] = []
  for (const name of readdirSync(proc)) {
    if (!/^\d+$/.test(name) || found.length >= maxProcesses) continue
    if (containerIdOfProcCgroup(text(`${proc}/${name}/cgroup`)) !== containerId) continue
    found.push(factsOf(`${proc}/${name}`, Number(name)))
  }
  return found
}

function factsOf(folder: string, pid: number): ProcessFacts {
  const status = new Map(
    text(`${folder}/status`)
      .split('\n')
      .map(line => line.split(':\t', 2) as [string, string]),
  )
  const number = (key: string, at = 0): number => Number(status.get(key)?.trim().split(/\s+/).at(at)) || 0
  const stat = text(`${folder}/stat`)
  return {
    pid,
    ppid: number('PPid'),
    vpid: number('NSpid', -1),
    comm: status.get('Name') ?? '',
    exe: link(`${folder}/exe`),
    cwd: link(`${folder}/cwd`),
    cmdline: maskWords(
      text(`${folder}/cmdline`)
        .slice(0, 1 << 16)
        .split('\0')
        .slice(0, 1000),
    ).filter(word => word !== ''),
    uid: number('Uid'),
    gid: number('Gid'),
    capEffective: status.get('CapEff') ?? '',
    startTicks: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) || 0,
    environmentNames: namesOf(text(`${folder}/environ`).split('\0').slice(0, 2000)),
    files: filesOf(`${folder}/fd`),
  }
}

function filesOf(folder: string): ProcessFacts['files'] {
  try {
    const names = readdirSync(folder).slice(0, maxFiles)
    return names.map(name => ({ fd: Number(name), target: link(`${folder}/${name}`) }))
  } catch {
    return []
  }
}

/** Processes end while they are read: what is gone is empty. */
function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
