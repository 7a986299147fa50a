import { isObject, own, parseJson } from '../../../base/json.ts'
import type { ContainerInfo, Process, RuntimeEvent } from '../../../base/model/runtime.ts'
import { recordingHead } from './encode.ts'

/** Whether a text is a recording of raw events. */
export function isRecording(text: string): boolean {
  return text.startsWith(recordingHead)
}

export interface Recording {
  events: RuntimeEvent[]
  /** Lines that are none. */
  unreadable: number
}

/** How many processes and containers are kept to be named by later lines. */
const mostKept = 200_000
const mostEvents = 5_000_000

/** Reads a recording line by line; whoever wrote it. */
export function readRecording(text: string): Recording {
  const recording: Recording = { events: [], unreadable: 0 }
  const read = createDecoder()
  for (let from = text.indexOf('\n') + 1; from > 0 && from < text.length; ) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? text.length : end)
    from = end < 0 ? text.length : end + 1
    if (line === '') continue
    const found = recording.events.length < mostEvents ? read(line) : 'unreadable'
    if (found === 'unreadable') recording.unreadable++
    else if (found !== undefined) recording.events.push(found)
  }
  return recording
}

/** The event of a line; undefined for a line that only defines something. */
function createDecoder(): (line: string) => RuntimeEvent | undefined | 'unreadable' {
  const processes = new Map<number, Process>()
  const containers = new Map<number, ContainerInfo>()
  const keep = <Value>(map: Map<number, Value>, number: number, value: Value): void => {
    map.set(number, value)
    if (map.size > mostKept) map.delete(map.keys().next().value!)
  }
  return line => {
    const value = parsed(line)
    if (value === undefined) return 'unreadable'
    const { e: type, p, c, value: inner, parent, ...rest } = value
    if (typeof type === 'string') return eventOf(type, processes.get(Number(p)), containers.get(Number(c)), rest)
    if (!isObject(inner)) return 'unreadable'
    if (typeof c === 'number' && isContainer(inner)) keep(containers, c, inner)
    else if (typeof p === 'number' && isProcess(inner)) {
      const above = processes.get(Number(parent))
      keep(processes, p, above ? { ...inner, parent: above } : inner)
    } else return 'unreadable'
    return undefined
  }
}

function eventOf(
  type: string,
  process: Process | undefined,
  container: ContainerInfo | undefined,
  rest: Record<string, unknown>,
): RuntimeEvent | 'unreadable' {
  const { num, time, cpu, tid, result, args, fd } = rest
  if (!process || typeof time !== 'bigint' || typeof result !== 'bigint' || !isObject(args)) return 'unreadable'
  return {
    num: Number(num),
    type,
    time,
    cpu: Number(cpu),
    tid: Number(tid),
    result,
    process,
    args: args as RuntimeEvent['args'],
    ...(isDescriptor(fd) && { fd }),
    ...(container && { container }),
  }
}

function isDescriptor(value: unknown): value is NonNullable<RuntimeEvent['fd']> {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['typechar'] === 'string'
}

const texts = ['comm', 'exe', 'exepath', 'cwd', 'containerId']
const big = [
  'startedAt',
  'capPermitted',
  'capEffective',
  'capInheritable',
  'exeInode',
  'exeCtime',
  'exeMtime',
  'cgroupId',
]

function isProcess(value: Record<string, unknown>): value is Record<string, unknown> & Process {
  return (
    texts.every(name => typeof value[name] === 'string') &&
    big.every(name => typeof value[name] === 'bigint') &&
    ['args', 'env'].every(name => Array.isArray(value[name]) && (value[name] as unknown[]).every(isText))
  )
}

function isContainer(value: Record<string, unknown>): value is Record<string, unknown> & ContainerInfo {
  return (
    ['id', 'name', 'image', 'imageRepository', 'imageTag', 'imageId'].every(name => typeof value[name] === 'string') &&
    isObject(value['labels']) &&
    Array.isArray(value['mounts']) &&
    Array.isArray(value['capAdd'])
  )
}

const isText = (value: unknown): boolean => typeof value === 'string'

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value = revived(parseJson(line), 0)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Undoes `{"n":…}` and `{"b":…}`. */
function revived(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > 6) return value
  if (Array.isArray(value)) return value
  const number = own(value, 'n')
  if (typeof number === 'string' && /^-?\d{1,30}$/.test(number)) return BigInt(number)
  const bytes = own(value, 'b')
  if (typeof bytes === 'string') return new Uint8Array(Buffer.from(bytes, 'base64'))
  for (const [key, inner] of Object.entries(value))
    if (typeof inner === 'object' && inner !== null) (value as Record<string, unknown>)[key] = revived(inner, depth + 1)
  return value
}
