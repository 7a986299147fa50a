import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import { isObject, stringAt } from '../../base/json.ts'
import { withLock } from './lock.ts'

const first = '0'.repeat(64)
const maxLine = 1 << 18

/**
 * Appends one entry to the audit log: a JSON object a line, each with `previous` (the hash of the line before) and `hash`
 * (SHA-256 over the line without it). To alter or leave out a line one must rewrite all that follow. On disk when this returns.
 */
export async function appendAudit(file: string, entry: Record<string, unknown>): Promise<void> {
  await withLock(`${file}.lock`, () => {
    const fd = open(file)
    try {
      const previous = lastHash(fd, file)
      const body = { time: new Date().toISOString(), ...entry, previous }
      const line = `${JSON.stringify({ ...body, hash: hashOf(body) })}\n`
      writeWhole(fd, line, file)
    } finally {
      closeSync(fd)
    }
  })
}

/** All of the line or nothing of it. Throws output_unwritable. */
function writeWhole(fd: number, line: string, file: string): void {
  const { size } = fstatSync(fd)
  try {
    const bytes = Buffer.from(line)
    if (writeSync(fd, bytes) < bytes.length) throw Object.assign(new Error(file), { code: 'ENOSPC' })
    fsyncSync(fd)
  } catch (error) {
    ftruncateSync(fd, size)
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}

/** Checks the whole chain. Answers the number of entries; throws malformed with the first line that does not fit. */
export function verifyAudit(file: string): number {
  let previous = first
  const lines = readFileSync(file, 'utf8').split('\n')
  if (lines.pop() !== '') throw new JennerError('malformed', `${file}:${lines.length + 1}`)
  lines.forEach((line, index) => {
    const entry = parse(line)
    const { hash, ...body } = entry ?? {}
    if (entry === undefined || hash !== hashOf(body) || body.previous !== previous)
      throw new JennerError('malformed', `${file}:${index + 1}`)
    previous = String(hash)
  })
  return lines.length
}

function hashOf(body: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}

function open(file: string): number {
  try {
    const fd = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o600)
    fchmodSync(fd, 0o600)
    return fd
  } catch (error) {
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}

/** The hash of the last line. A line cut short by a crash is closed and kept: verification will name it. */
function lastHash(fd: number, file: string): string {
  const { size } = fstatSync(fd)
  if (size === 0) return first
  const tail = Buffer.alloc(Math.min(size, maxLine))
  readSync(fd, tail, 0, tail.length, size - tail.length)
  const text = tail.toString('utf8')
  if (!text.endsWith('\n')) writeSync(fd, '\n')
  const hash = stringAt(parse(text.trimEnd().split('\n').at(-1)!), 'hash')
  if (hash === undefined && text.endsWith('\n')) throw new JennerError('malformed', file)
  return hash ?? first
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
