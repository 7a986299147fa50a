import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'
import type { FieldValue } from '../rules/condition/value.ts'
import type { Reader } from './reader.ts'

/** How far up anything looks: deeper trees are built to tire a reader. */
const maxDepth = 100

/** `n` steps up; 0 is the process itself. */
export function ancestor(process: Process, steps: number): Process | undefined {
  let found: Process | undefined = process
  for (let step = 0; step < steps && found; step++) found = found.parent
  return found
}

/**
 * A field over ancestors: with an index the one that many steps up, without all of them from the parent on, as a list (kept as long as it stays true: the
 * rules ask for it with every event).
 */
export function ancestorField(value: (process: Process) => string | number, given: string | undefined): Reader {
  if (given !== undefined) {
    if (!/^\d{1,4}$/.test(given)) return () => undefined
    const steps = Number(given)
    return event => {
      const found = ancestor(event.process, steps)
      return found ? value(found) : undefined
    }
  }
  const lists = new WeakMap<Process, (string | number)[]>()
  return event => {
    const known = lists.get(event.process)
    if (known && stillTrue(event.process, known, value)) return known
    const list = listOf(event.process, value)
    lists.set(event.process, list)
    return list
  }
}

function stillTrue(process: Process, list: (string | number)[], value: (process: Process) => string | number): boolean {
  let at = process.parent
  for (let index = 0; index < list.length; index++) {
    if (!at || value(at) !== list[index]) return false
    at = at.parent
  }
  return !at || list.length === maxDepth
}

function listOf(process: Process, value: (process: Process) => string | number): (string | number)[] {
  const list: (string | number)[] = []
  for (let at = process.parent; at && list.length < maxDepth; at = at.parent) list.push(value(at))
  return list
}

/** The eldest of the line of ancestors that share what `same` compares: leader of a session or group. */
export function eldest(process: Process, same: (a: Process, b: Process) => boolean): Process {
  let found = process
  for (let depth = 0; depth < maxDepth && found.parent && same(process, found.parent); depth++) found = found.parent
  return found
}

/** A reader over the process that `find` gives. */
export function over(
  find: (process: Process) => Process | undefined,
  value: (process: Process) => FieldValue,
): (event: RuntimeEvent) => FieldValue {
  return event => {
    const found = find(event.process)
    return found ? value(found) : undefined
  }
}
