import { isSecretName } from '../../base/mask/secret-name.ts'
import { maskEnvironment, maskText } from '../../base/mask.ts'
import type { Alert, RuntimeEvent } from '../../base/model/runtime.ts'
import { clockTime, isoTime } from '../fields/time.ts'
import { type FieldSource, type FieldValue, textOf } from '../rules/condition/value.ts'
import type { Priority, Rule } from '../rules/model.ts'
import { formatOutput, type OutputPart, parseOutput } from '../rules/output.ts'

type Read = (event: RuntimeEvent) => FieldValue

interface Slot {
  /** As it stands in the output: the key in `output_fields`. */
  written: string
  read: Read
}

/** Makes alerts of one rule. */
export type Formatter = (event: RuntimeEvent, hostname: string) => Alert

const maxValue = 8192

/** What every alert about a container says, asked for or not: as Falco's container plugin has it. */
const always: [name: string, label: string][] = [
  ['container.id', 'container_id'],
  ['container.name', 'container_name'],
  ['container.image.repository', 'container_image_repository'],
  ['container.image.tag', 'container_image_tag'],
  ['k8s.ns.name', 'k8s_ns_name'],
  ['k8s.pod.name', 'k8s_pod_name'],
]

/** `WARNING` as Falco's alerts spell it: `Warning`. */
export function priorityName(priority: Priority): string {
  return priority[0] + priority.slice(1).toLowerCase()
}

/**
 * Prepares a rule's output: `%fields` become readers once. Alerts are in Falco's JSON event form; values are masked, and cut at 8 KiB. Throws JennerError malformed
 * for an output the loader would have refused.
 */
export function createFormatter(rule: Rule, fields: FieldSource): Formatter {
  const parts = parseOutput(rule.output, 'syscall')
  const named = parts.filter(part => typeof part !== 'string')
  const slots = new Map<string, Slot>()
  for (const part of named) slots.set(keyOf(part), slotOf(part.name, part.argument, fields))
  const extra = always
    .filter(([name]) => !slots.has(name))
    .map(([name, label]) => ({ label, slot: slotOf(name, undefined, fields) }))
  const priority = priorityName(rule.priority)
  return (event, hostname) => {
    const values = new Map<string, FieldValue>()
    for (const [key, { read }] of slots) values.set(key, read(event))
    const text = formatOutput(parts, (name, argument) => values.get(keyOf({ name, argument })))
    const more = event.process.containerId === '' ? [] : extra
    const output_fields: Alert['output_fields'] = { 'evt.time': Number(event.time) }
    for (const [key, { written }] of slots) output_fields[written] = plain(values.get(key))
    for (const { slot } of extra) output_fields[slot.written] = plain(slot.read(event))
    const tail = more.map(({ label, slot }) => described(label, slot.read(event))).join('')
    return {
      time: isoTime(event.time),
      rule: rule.name,
      priority,
      source: rule.source,
      output: `${clockTime(event.time)}: ${priority} ${text}${tail}`,
      output_fields,
      hostname,
      tags: rule.tags,
      ...(event.container && { container: summary(event.container) }),
    }
  }
}

function described(label: string, value: FieldValue): string {
  return value === undefined ? '' : ` ${label}=${textOf(value)}`
}

function summary({ id, name, image, imageId, composeService }: NonNullable<RuntimeEvent['container']>) {
  return { id, name, image, imageId, ...(composeService !== undefined && { composeService }) }
}

function keyOf({ name, argument }: Pick<Exclude<OutputPart, string>, 'name' | 'argument'>): string {
  return argument === undefined ? name : `${name}[${argument}]`
}

function slotOf(name: string, argument: string | undefined, fields: FieldSource): Slot {
  const read = fields(name, argument) as Read
  const dotted = name === 'evt.arg' || name === 'evt.rawarg'
  const written = argument === undefined ? name : dotted ? `${name}.${argument}` : `${name}[${argument}]`
  return { written, read: event => hide(name, argument, read(event), event) }
}

/** Fields whose values nobody types or sends: never searched for secrets. */
const harmless =
  /^(container\.(id|image|full_id|type|privileged)|evt\.(type|time|num|res|rawres|datetime|source|dir|category)|fd\.[a-z0-9]*(port|ip|num|proto|typechar)|proc\.(is_|[a-z]*pid|tty|duration))/

function hide(name: string, argument: string | undefined, value: FieldValue, { process }: RuntimeEvent): FieldValue {
  if (value === undefined || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return value
  if (harmless.test(name)) return value
  if (name === 'proc.env' && argument === undefined) return cut(maskEnvironment(process.env).join(' '))
  if (/^proc\.a?env$/.test(name) && argument !== undefined && isSecretName(argument)) return '***'
  return cut(maskText(textOf(value)))
}

function cut(text: string): string {
  return text.length > maxValue ? `${text.slice(0, maxValue)}…` : text
}

function plain(value: FieldValue): string | number | boolean | null {
  if (value === undefined) return null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return textOf(value)
}
