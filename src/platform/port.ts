import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

const maxProcesses = 20_000
/** `TCP_LISTEN` of the kernel's include/net/tcp_states.h. */
const listening = '0A'

/**
 * The program that listens on a TCP port of this machine, as far as we may see it: proc(5), /proc/net/tcp names the socket's inode, /proc/PID/fd whose it is.
 * `proc` in place of /proc for tests.
 */
export function holderOf(port: number, proc = '/proc'): { pid: number; name: string } | undefined {
  const inodes = new Set(['tcp', 'tcp6'].flatMap(table => inodesOf(read(`${proc}/net/${table}`), port)))
  if (inodes.size === 0) return undefined
  for (const pid of namesIn(proc)
    .filter(name => /^\d+$/.test(name))
    .slice(0, maxProcesses)) {
    const holds = namesIn(`${proc}/${pid}/fd`).some(fd => {
      const target = linkOf(`${proc}/${pid}/fd/${fd}`)
      return target.startsWith('socket:[') && inodes.has(target.slice(8, -1))
    })
    if (holds) return { pid: Number(pid), name: nameOf(`${proc}/${pid}`) }
  }
  return undefined
}

/** Lines as `0: 0100007F:1B9E 00000000:0000 0A … uid timeout inode`, the port in hexadecimal digits. */
function inodesOf(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return table
    .split('\n')
    .map(line => line.trim().split(/ +/))
    .filter(([, local = '', , state]) => state === listening && local.endsWith(`:${wanted}`))
    .flatMap(words => words[9] ?? [])
}

/** The program alone: arguments may hold secrets. Threads of some programs rename the process; its command line keeps the name. */
function nameOf(process: string): string {
  const [first = ''] = read(`${process}/cmdline`).split('\0')
  return basename(first.split(' ')[0]!) || read(`${process}/comm`).trim()
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
