import { hostname } from 'node:os'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import type { Accounts } from './accounts.ts'
import { allArguments, argument, rawArgument } from './args.ts'
import { categoryOf, readTypes, waitTypes, writeTypes } from './categories.ts'
import { resultName } from './errno.ts'
import { open } from './flags.ts'
import { pathReaders } from './path.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'
import { clockTime, dateTime, isoTime } from './time.ts'

/** Fields of class `evt` and `syscall`. */
export function eventFields(accounts: Accounts): (name: string, given: string | undefined) => Reader | undefined {
  const table: ReaderTable = {
    ...plain,
    args: event => allArguments(event, accounts),
    info: event => allArguments(event, accounts),
  }
  return (name, given) => {
    if (name === 'abspath')
      return given === undefined ? pathReaders.name : pathReaders[given === 'src' ? 'source' : 'target']
    if (given === undefined) return lookUp(table, name)
    if (name === 'arg') return argument(given, accounts)
    if (name === 'rawarg') return rawArgument(given)
    if (name === 'type.is') return event => (event.type === given ? 1 : 0)
    return undefined
  }
}

const second = 1_000_000_000n
const host = hostname()
const started = BigInt(Date.now()) * 1_000_000n

const plain: ReaderTable = {
  num: event => event.num,
  type: event => event.type,
  category: event => categoryOf(event.type),
  dir: () => '<',
  source: () => 'syscall',
  hostname: () => host,
  cpu: event => event.cpu,
  time: event => clockTime(event.time),
  'time.s': event => clockTime(event.time).slice(0, 8),
  'time.iso8601': event => isoTime(event.time),
  datetime: event => dateTime(event.time),
  'datetime.s': event => dateTime(event.time).slice(0, 19),
  rawtime: event => event.time,
  'rawtime.s': event => Number(event.time / second),
  'rawtime.ns': event => Number(event.time % second),
  reltime: event => event.time - started,
  'reltime.s': event => Number((event.time - started) / second),
  'reltime.ns': event => Number((event.time - started) % second),
  res: event => resultName(event.result),
  rawres: event => Number(event.result),
  failed: event => event.result < 0n,
  count: () => 1,
  'count.error': event => (event.result < 0n ? 1 : 0),
  is_async: () => false,
  is_syslog: () => false,
  is_io: event => readTypes.has(event.type) || writeTypes.has(event.type),
  is_io_read: event => readTypes.has(event.type),
  is_io_write: event => writeTypes.has(event.type),
  io_dir: event => (readTypes.has(event.type) ? 'read' : writeTypes.has(event.type) ? 'write' : undefined),
  is_wait: event => waitTypes.has(event.type),
  is_open_read: event => isOpen(event) && accessMode(event) !== open.writeOnly,
  is_open_write: event => isOpen(event) && accessMode(event) !== 0,
  is_open_exec: event => creates(event) && (Number(event.args.mode ?? 0) & 0o111) !== 0,
  is_open_create: event => creates(event) && event.result >= 0n,
  buffer: event => (event.args.data instanceof Uint8Array ? event.args.data : undefined),
  buflen: event => (event.args.data instanceof Uint8Array ? event.args.data.length : undefined),
}

function isOpen({ type }: RuntimeEvent): boolean {
  return type === 'openat' || type === 'open' || type === 'openat2' || type === 'open_by_handle_at'
}

/** The access mode of flags, given as a number or by their names. */
function accessMode({ args }: RuntimeEvent): number {
  const { flags } = args
  if (typeof flags === 'number') return flags & open.accessMode
  if (typeof flags !== 'string') return Number(flags ?? 0) & open.accessMode
  return flags.includes('O_WRONLY') ? open.writeOnly : flags.includes('O_RDWR') ? open.readWrite : 0
}

function creates(event: RuntimeEvent): boolean {
  if (event.type === 'creat') return true
  if (!isOpen(event)) return false
  const { flags } = event.args
  if (typeof flags === 'string') return /O_CREAT|O_TMPFILE/.test(flags)
  return (Number(flags ?? 0) & (open.create | open.temporary)) !== 0
}
