/** Operators that stand alone. */
export const unaryOperators = ['exists'] as const
/** Operators that order numbers. */
export const numberOperators = ['<=', '<', '>=', '>'] as const
/** Operators over one string (longest spelling first, so that a reader may try them in order). */
export const stringOperators = [
  '==',
  '=',
  '!=',
  'glob',
  'iglob',
  'contains',
  'icontains',
  'bcontains',
  'startswith',
  'bstartswith',
  'endswith',
  'regex',
] as const
/** Operators over a list. */
export const listOperators = ['intersects', 'in', 'pmatch'] as const
export const modifiers = ['oneof', 'anyof', 'allof'] as const
/** Functions over a field's value. `val` makes a field of what would be a text on the right side. */
export const transformers = ['tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'] as const

export type Operator = (
  | typeof unaryOperators
  | typeof numberOperators
  | typeof stringOperators
  | typeof listOperators
)[number]
export type Modifier = (typeof modifiers)[number]
export type Transformer = (typeof transformers)[number]

/** A field with its argument: `proc.aname[2]`, `evt.arg.flags`, `container.mount.dest[/proc*]`. `at` is the offset in the text. */
export interface FieldRef {
  kind: 'field'
  name: string
  argument?: string
  at: number
}

/** `tolower(field)`, `join(":", (a.b, c.d))`, `getopt(proc.args, "nt:")[t]`. */
export interface TransformerCall {
  kind: 'transformer'
  name: Transformer | 'val'
  arguments: (ValueRef | string | (ValueRef | string)[])[]
  index?: string
  at: number
}

export type ValueRef = FieldRef | TransformerCall

/** The right side of a check: one text or number as written, a list, or a field by `val(…)` or a transformer. */
export type RightSide =
  | { kind: 'text'; value: string; quoted: boolean }
  | { kind: 'list'; values: string[]; quoted: boolean[] }
  | { kind: 'name'; name: string }
  | ValueRef

export interface Check {
  kind: 'check'
  left: ValueRef
  operator: Operator
  modifier?: Modifier
  right?: RightSide
  at: number
}

/** A bare identifier: the name of a macro (or, after `in`, of a list that was not substituted). */
export interface MacroRef {
  kind: 'macro'
  name: string
  at: number
}

export interface Not {
  kind: 'not'
  operand: Condition
}

export interface Combination {
  kind: 'and' | 'or'
  operands: Condition[]
}

export type Condition = Combination | Not | Check | MacroRef
