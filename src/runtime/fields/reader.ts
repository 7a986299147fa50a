import type { RuntimeEvent } from '../../base/model/runtime.ts'
import type { FieldValue } from '../rules/condition/value.ts'

/** Reads one field of an event; undefined where the event has none. */
export type Reader = (event: RuntimeEvent) => FieldValue

/** The fields of one class that take no argument, by their names behind the class (`name` of `proc.name`). */
export type ReaderTable = Readonly<Record<string, Reader>>

/** The reader of `table`, looked up safely: names come from rule files. */
export function lookUp(table: ReaderTable, name: string): Reader | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
