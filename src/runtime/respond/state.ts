import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { isObject, stringAt } from '../../base/json.ts'
import type { ResponseRecord } from './model.ts'

/** Where Jenner keeps what must survive it: $JENNER_STATE, else /var/lib/jenner for root, else $XDG_STATE_HOME/jenner. */
export function stateFolder(env: NodeJS.ProcessEnv, given?: string, uid = process.getuid?.() ?? 0): string {
  const named = given ?? (env.JENNER_STATE || undefined)
  if (named !== undefined) return named
  if (uid === 0) return '/var/lib/jenner'
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'jenner')
}

/** Responses in force, a file each, so that two processes never overwrite each other's. */
export interface ResponseStore {
  folder: string
  /** Oldest first. */
  list(): ResponseRecord[]
  /** Files that are no records: damaged, or not ours. */
  damaged(): string[]
  add(record: Omit<ResponseRecord, 'id'>): ResponseRecord
  replace(record: ResponseRecord): void
  remove(id: string): void
  /** Gives up the room that was kept for a full disk; false when there is none left. It is kept anew when the store is opened again. */
  freeReserve(): boolean
}

/** Kept free for records and the audit log when the disk is full: what cuts a container off must not hang on that. */
const reserveBytes = 256 << 10

/** Opens (and makes, for its owner alone) the state folder. Throws output_unwritable. */
export function openStore(folder: string): ResponseStore {
  const place = join(folder, 'responses')
  make(folder)
  make(place)
  const reserve = join(folder, 'reserve')
  keepReserve(reserve)
  const freeReserve = (): boolean => {
    const held = existsSync(reserve)
    rmSync(reserve, { force: true })
    return held
  }
  const read = (): { records: ResponseRecord[]; damaged: string[] } => readAll(place)
  const write = (record: ResponseRecord): void => {
    const file = join(place, `${record.id}.json`)
    const draft = `${file}.${process.pid}.part`
    try {
      writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(draft, file)
    } catch (error) {
      if (isFull(error) && freeReserve()) return write(record)
      rmSync(draft, { force: true })
      throw unwritable(file, error)
    }
  }
  return {
    folder,
    list: () => read().records,
    damaged: () => read().damaged,
    add(record) {
      const whole = { ...record, id: randomUUID() }
      write(whole)
      return whole
    },
    replace: write,
    remove: id => rmSync(join(place, `${id}.json`), { force: true }),
    freeReserve,
  }
}

/** A whole file of its size, or none. */
function keepReserve(file: string): void {
  if (existsSync(file)) return
  try {
    writeFileSync(file, Buffer.alloc(reserveBytes), { mode: 0o600, flag: 'wx' })
  } catch {
    rmSync(file, { force: true })
  }
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(path: string, error: unknown): JennerError {
  return new JennerError('output_unwritable', `${path} (${(error as NodeJS.ErrnoException).code})`, error)
}

function readAll(place: string): { records: ResponseRecord[]; damaged: string[] } {
  const records: ResponseRecord[] = []
  const damaged: string[] = []
  for (const name of readdirSync(place)) {
    if (!name.endsWith('.json')) continue
    const record = readRecord(join(place, name))
    if (record === undefined) damaged.push(join(place, name))
    else records.push(record)
  }
  return { records: records.sort((a, b) => (a.at < b.at ? -1 : 1)), damaged }
}

function readRecord(file: string): ResponseRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const whole = ['id', 'action', 'containerId', 'at'].every(key => stringAt(value, key) !== undefined)
    return isObject(value) && whole ? (value as unknown as ResponseRecord) : undefined
  } catch {
    return undefined
  }
}
