import { writeSync } from 'node:fs'
import koffi from 'koffi'
import { JennerError } from '../../../base/errors.ts'

/** One question of the kernel: may this file be run? Must be answered, or the program hangs. */
export interface Question {
  /** Of the file, open for us. */
  fd: number
  pid: number
}

/** A fanotify group for permission events (fanotify(7)). */
export interface Group {
  /** Asks from now on before any file of the file system that `path` lies on is executed. Throws unsupported. */
  mark(path: string): void
  /** Waits at most so long, on this thread. */
  read(milliseconds: number): Question[]
  /** Answers and closes the file. */
  answer(question: Question, allow: boolean): void
  /** Writes a letter to standard output unless that would block: whoever does not listen must not stall us. Throws when nobody is there any more. */
  say(letter: string): void
}

const cloexec = 1
const classContent = 4
const readOnly = 0o2100000
const addFileSystem = 0x101
const openExecPermission = 0x40000n
const atCwd = -100
const metadata = { size: 24, fd: 16, pid: 20 } as const
const [allowed, denied] = [1, 2]

/** Throws JennerError unsupported where the kernel refuses it. */
export function openGroup(): Group {
  const libc = koffi.load('libc.so.6')
  const init = libc.func('int fanotify_init(unsigned int, unsigned int)')
  const mark = libc.func('int fanotify_mark(int, unsigned int, uint64_t, int, const char *)')
  const poll = libc.func('int poll(void *, unsigned long, int)')
  const read = libc.func('intptr_t read(int, void *, size_t)')
  const write = libc.func('intptr_t write(int, const void *, size_t)')
  const close = libc.func('int close(int)')
  const fd = init(cloexec | classContent, readOnly) as number
  if (fd < 0) throw new JennerError('unsupported', `fanotify_init (${koffi.errno()})`)
  const events = Buffer.alloc(64 << 10)
  const polled = Buffer.alloc(8)
  return {
    mark(path) {
      if ((mark(fd, addFileSystem, openExecPermission, atCwd, path) as number) < 0)
        throw new JennerError('unsupported', `fanotify_mark ${path} (${koffi.errno()})`)
    },
    read(milliseconds) {
      polled.writeInt32LE(fd, 0)
      polled.writeInt32LE(1, 4)
      if ((poll(polled, 1, milliseconds) as number) < 1) return []
      return questionsIn(events, Number(read(fd, events, events.length)))
    },
    say(letter) {
      polled.writeInt32LE(1, 0)
      polled.writeInt32LE(4, 4)
      if ((poll(polled, 1, 0) as number) > 0) writeSync(1, letter)
    },
    answer(question, allow) {
      const response = Buffer.alloc(8)
      response.writeInt32LE(question.fd, 0)
      response.writeUInt32LE(allow ? allowed : denied, 4)
      write(fd, response, 8)
      close(question.fd)
    },
  }
}

/** `struct fanotify_event_metadata`, one behind the other; the first word is the length of each. */
export function questionsIn(events: Buffer, length: number): Question[] {
  const found: Question[] = []
  for (let at = 0; at + metadata.size <= length; ) {
    const size = events.readUInt32LE(at)
    if (size < metadata.size || at + size > length) break
    const fd = events.readInt32LE(at + metadata.fd)
    if (fd >= 0) found.push({ fd, pid: events.readInt32LE(at + metadata.pid) })
    at += size
  }
  return found
}
