import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileMatcher } from '../../src/runtime/rules/condition/compile.ts'
import { parseCondition } from '../../src/runtime/rules/condition/parse.ts'
import type { FieldSource } from '../../src/runtime/rules/condition/value.ts'
import { compileCondition } from '../../src/runtime/rules/engine.ts'
import { eventTypesOf, type TypeSet } from '../../src/runtime/rules/event-types.ts'
import { loadRules, type RuleText } from '../../src/runtime/rules/loader/load.ts'
import type { KindResult } from './result.ts'

/** The kinds of cases about Falco's rule language, a result each. */
export function runRules(directory: string): KindResult[] {
  return [
    measure(directory, 'rule-loading', differenceOfLoading),
    measure(directory, 'rule-validation', differenceOfValidation),
    measure(directory, 'condition-parse', differenceOfParse),
    measure(directory, 'condition-evaluate', differenceOfEvaluation),
    measure(directory, 'condition-boolean', differenceOfBoolean),
    measure(directory, 'condition-event-types', differenceOfTypes),
  ]
}

function measure<Case>(directory: string, kind: string, difference: (one: Case) => string | undefined): KindResult {
  const cases = JSON.parse(readFileSync(join(directory, `${kind}.json`), 'utf8')) as Case[]
  const disagreements = cases.flatMap(one => difference(one) ?? [])
  return { kind, agreed: cases.length - disagreements.length, total: cases.length, disagreements }
}

interface LoadingCase {
  id: string
  steps: {
    action: string
    content?: string
    expect?: 'ok' | 'error' | null
    errors_contain?: string[]
    warnings_contain?: string[]
  }[]
}

function differenceOfLoading({ id, steps }: LoadingCase): string | undefined {
  for (const { action, content = '', expect, errors_contain = [], warnings_contain = [] } of steps) {
    if (action !== 'load') continue
    const { errors, warnings } = loadRules(content)
    const got = errors.length > 0 ? 'error' : 'ok'
    if (expect && got !== expect) return `${id}: ${expect} expected, got ${got} ${errors[0]?.message ?? ''}`
    const silent = [
      ...errors_contain.filter(text => !errors.some(({ message }) => message.includes(text))),
      ...warnings_contain.filter(text => !warnings.some(({ message }) => message.includes(text))),
    ]
    if (silent.length > 0) return `${id}: no such message: ${silent.join('; ')}`
  }
  return undefined
}

interface ValidationCase {
  id: string
  files: RuleText[]
  expect: { errors?: ExpectedProblem[]; warnings?: ExpectedProblem[] }
}
interface ExpectedProblem {
  code: string
  item_type?: string
  item_name?: string
}

function differenceOfValidation({ id, files, expect }: ValidationCase): string | undefined {
  const { errors, warnings } = loadRules(files)
  if ((expect.errors ?? []).length === 0 && errors.length > 0)
    return `${id}: no error expected, got ${errors[0]!.code} ${errors[0]!.message}`
  for (const [wanted, got] of [
    [expect.errors ?? [], errors],
    [expect.warnings ?? [], warnings],
  ] as const) {
    for (const { code, item_type, item_name } of wanted) {
      const found = got.some(
        problem =>
          problem.code === code &&
          (!item_type || problem.item_type === item_type) &&
          (!item_name || problem.item_name === item_name),
      )
      if (!found)
        return `${id}: ${code} ${item_type} ${item_name} expected, got ${got.map(problem => `${problem.code} ${problem.item_type} ${problem.item_name}`).join('; ')}`
    }
  }
  return undefined
}

function differenceOfParse({ condition, valid }: { condition: string; valid: boolean }): string | undefined {
  let got = true
  try {
    parseCondition(condition)
  } catch {
    got = false
  }
  return got === valid ? undefined : `${JSON.stringify(condition)}: valid ${valid} expected`
}

interface EvaluationCase {
  condition: string
  result: boolean
  event: { type: string; params?: Record<string, unknown>; exec?: { res: number; pathname: string; comm: string } }
}

function differenceOfEvaluation({ condition, result, event }: EvaluationCase): string | undefined {
  let got: boolean | string
  try {
    got = compileCondition(condition).matches(fieldsOf(event))
  } catch (error) {
    got = String(error)
  }
  return got === result ? undefined : `${condition}: ${result} expected, got ${got}`
}

/** The fields that an engine would have made of the case's event. */
function fieldsOf({ type, params = {}, exec }: EvaluationCase['event']): Record<string, unknown> {
  const fields: Record<string, unknown> = { 'evt.type': type }
  for (const [name, value] of Object.entries(params)) {
    const bytes = (value as { bytes?: number[] } | null)?.bytes
    const plain = bytes ? Buffer.from(bytes) : typeof value === 'string' ? value.replaceAll('PPM_', '') : value
    fields[`evt.arg.${name}`] = plain
    fields[`evt.rawarg.${name}`] = plain
    if (name === 'data') fields['evt.buffer'] = plain
  }
  if (typeof params.fd === 'number') fields['fd.num'] = params.fd
  if (typeof params.fd === 'number' && params.fd >= 0 && typeof params.name === 'string') {
    fields['fd.name'] = params.name
    fields['fd.directory'] = params.name.slice(0, Math.max(1, params.name.lastIndexOf('/')))
    fields['fd.filename'] = params.name.slice(params.name.lastIndexOf('/') + 1)
  }
  if (exec) Object.assign(fields, { 'proc.name': exec.comm, 'proc.exepath': exec.pathname, 'evt.rawres': exec.res })
  return fields
}

const constants: Record<string, string> = {
  'c.true': '1',
  'c.false': '0',
  'c.singlequote': "hello 'quoted'",
  'c.doublequote': 'hello "quoted"',
}
const constantFields: FieldSource = name => (Object.hasOwn(constants, name) ? () => constants[name] : undefined)

/** A condition that does not parse counts as one that never holds. */
function differenceOfBoolean({ condition, result }: { condition: string; result: boolean }): string | undefined {
  let got = false
  try {
    got = compileMatcher(parseCondition(condition), constantFields)({})
  } catch {}
  return got === result ? undefined : `${condition}: ${result} expected, got ${got}`
}

function differenceOfTypes({
  a,
  b,
  same_event_types,
}: {
  a: string
  b: string
  same_event_types: boolean
}): string | undefined {
  const [left, right] = [a, b].map(text => spelled(eventTypesOf(parseCondition(text))))
  return (left === right) === same_event_types ? undefined : `${a} | ${b}: ${left} and ${right}`
}

function spelled(set: TypeSet): string {
  return 'only' in set ? `only ${[...set.only].sort().join(' ')}` : `all but ${[...set.except].sort().join(' ')}`
}
