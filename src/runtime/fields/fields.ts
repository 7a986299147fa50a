import type { FieldReader, FieldSource } from '../rules/condition/value.ts'
import { findField } from '../rules/fields.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { containerFields } from './container.ts'
import { eventFields } from './evt.ts'
import { descriptorFields, pathFields, pathText } from './fd.ts'
import { kubernetesFields } from './k8s.ts'
import { type Names, noNames } from './names.ts'
import { pathReaders } from './path.ts'
import { processFields } from './proc.ts'
import type { Reader } from './reader.ts'
import { threadFields } from './thread.ts'
import { monotonicOffset } from './time.ts'
import { groupFields, userFields } from './user.ts'

export interface FieldOptions {
  /** Names of users and groups; by default read from each container's own files. */
  accounts?: Accounts
  /** Names of addresses; none by default. */
  names?: Names
  /** ns from the start of the monotonic clock to the epoch. */
  offset?: () => bigint
}

/**
 * Falco's fields over the sensor's events: each field a reader of the event's own properties, its argument applied when the rule is compiled.
 * A field that Falco has and these events do not tell is absent for every event; a field that Falco does not have is no reader at all.
 */
export function createRuntimeFields(options: FieldOptions = {}): FieldSource {
  const { accounts = createAccounts(), names = noNames, offset = steadyOffset() } = options
  const classes: Record<string, (name: string, given: string | undefined) => Reader | undefined> = {
    evt: eventFields(accounts),
    proc: processFields(offset),
    thread: threadFields,
    user: userFields(accounts),
    group: groupFields(accounts),
    container: containerFields,
    fd: descriptorFields(names),
    k8s: kubernetesFields,
    fs: name => pathReaders[name.slice('path.'.length) as keyof typeof pathReaders],
    syscall: name => (name === 'type' ? event => event.type : undefined),
  }
  const source: FieldSource = (written, given) => {
    const field = findField('syscall', written, given)
    if (!field) return undefined
    const dot = field.name.indexOf('.')
    const read = classes[field.name.slice(0, dot)]?.(field.name.slice(dot + 1), field.argument)
    return (read ?? absent) as FieldReader
  }
  return Object.assign(source, { toldBy })
}

function toldBy(name: string, given: string | undefined): { key: string; read: FieldReader } | undefined {
  return given === undefined && pathFields.has(name) ? { key: 'fd.path', read: pathText as FieldReader } : undefined
}

/** The fields as they are read on this machine. */
export const runtimeFields: FieldSource = createRuntimeFields()

/** Whether these events can tell a field at all. */
export function isRuntimeField(name: string, given?: string): boolean {
  const reader = runtimeFields(name, given)
  return reader !== undefined && reader !== (absent as unknown)
}

const absent: Reader = () => undefined

/** The clock's offset, looked at again every few thousand events: the time of day may jump. */
function steadyOffset(): () => bigint {
  let offset = monotonicOffset()
  let asked = 0
  return () => {
    if ((++asked & 0xfff) === 0) offset = monotonicOffset()
    return offset
  }
}
