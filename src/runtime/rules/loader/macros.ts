import type { Condition } from '../condition/ast.ts'

export interface ParsedMacro {
  name: string
  ast: Condition
  index: number
  visibility: number
}

export class UnresolvedMacro extends Error {
  readonly macro: string
  constructor(macro: string, message: string) {
    super(message)
    this.macro = macro
  }
}

/** Parts that all conditions of a load may have together once macros are in place: macros that name each other twice double with every step. */
export const maxParts = 500_000

/** How many parts may still be made; shared by all conditions of a load. */
export interface Room {
  left: number
}

/**
 * Puts macros in place, by syntax tree. What was written at place `visibility` sees only macros first defined before it.
 * Throws UnresolvedMacro for an unknown name, for a macro that contains itself and where there is no room left. Names used are added to `used`.
 */
export function resolveMacros(
  condition: Condition,
  macros: ReadonlyMap<string, ParsedMacro>,
  visibility: number,
  used: Set<string>,
  room: Room,
  trail: readonly string[] = [],
): Condition {
  if (--room.left < 0)
    throw new UnresolvedMacro(trail.at(-1) ?? '', `Macros make conditions of more than ${maxParts} parts`)
  switch (condition.kind) {
    case 'macro': {
      const macro = macros.get(condition.name)
      if (trail.includes(condition.name))
        throw new UnresolvedMacro(condition.name, `Macro '${condition.name}' refers to itself`)
      if (!macro || macro.index >= visibility)
        throw new UnresolvedMacro(condition.name, `Undefined macro '${condition.name}' used in filter.`)
      used.add(condition.name)
      return resolveMacros(macro.ast, macros, macro.visibility, used, room, [...trail, condition.name])
    }
    case 'not':
      return { kind: 'not', operand: resolveMacros(condition.operand, macros, visibility, used, room, trail) }
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        operands: condition.operands.map(operand => resolveMacros(operand, macros, visibility, used, room, trail)),
      }
    default:
      return condition
  }
}
