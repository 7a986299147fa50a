import { JennerError } from '../../../base/errors.ts'
import type { Render } from '../format.ts'
import type { Expression } from './expression.ts'
import { functions } from './functions.ts'
import { type Node, parseTemplate } from './parse.ts'
import { clean, emptyField, property, show, truthy, type Value } from './values.ts'

/** Steps that any template has, and more for each thing there is to tell. */
const baseSteps = 200_000
const stepsPerThing = 2_000
const maxOutput = 1 << 28

/**
 * A report through a template. `{{.ArtifactName}}`: the dot is the whole report. A template that ranges over the dot itself, as Trivy's do
 * (`{{ range . }}{{ .Target }}`), gets the results there.
 */
export const renderTemplate: Render = function* (report, { template, env = {} }) {
  if (template === undefined || template === '') throw new JennerError('usage', '--format template: --template')
  const nodes = parseTemplate(template)
  const things = report.Results.reduce(
    (sum, { Packages, Vulnerabilities }) => sum + 1 + (Packages?.length ?? 0) + (Vulnerabilities?.length ?? 0),
    0,
  )
  const maxSteps = baseSteps + stepsPerThing * things
  const run: Run = {
    steps: 0,
    maxSteps,
    maxOutput,
    written: 0,
    root: report,
    results: report.Results,
    empty: emptyField,
    env,
  }
  yield* renderNodes(nodes, report, new Scope(undefined, [['$', report]]), run)
  if (!template.endsWith('\n')) yield '\n'
}

/** Any one value through a template, the dot being the value: a line of a list, as docker's `--format` has it. Throws limit_exceeded past `most` characters. */
export function renderValue(value: unknown, template: string, most: number = maxOutput): string {
  const limits = { steps: 0, maxSteps: baseSteps, maxOutput: most, written: 0 }
  const run: Run = { ...limits, root: value, results: value, empty: () => undefined, env: {} }
  return [...renderNodes(parseTemplate(template), value, new Scope(undefined, [['$', value]]), run)].join('')
}

interface Run {
  steps: number
  maxSteps: number
  maxOutput: number
  written: number
  root: Value
  results: Value
  /** What a field is that is not there. */
  empty(name: string | undefined): Value
  env: Record<string, string | undefined>
}

/** Variables, `$` the root; an inner scope ends with its block. */
class Scope {
  readonly #outer: Scope | undefined
  readonly #own: Map<string, Value>

  constructor(outer: Scope | undefined, own: [string, Value][] = []) {
    this.#outer = outer
    this.#own = new Map(own)
  }

  get(name: string): Value {
    if (this.#own.has(name)) return this.#own.get(name)
    if (this.#outer === undefined) throw new JennerError('usage', `template: unknown variable ${name}`)
    return this.#outer.get(name)
  }

  declare(name: string, value: Value): void {
    this.#own.set(name, value)
  }

  assign(name: string, value: Value): void {
    if (this.#own.has(name)) this.#own.set(name, value)
    else if (this.#outer === undefined) throw new JennerError('usage', `template: unknown variable ${name}`)
    else this.#outer.assign(name, value)
  }
}

function* renderNodes(nodes: readonly Node[], dot: Value, scope: Scope, run: Run): Generator<string> {
  for (const node of nodes) {
    step(run)
    if (node.kind === 'text') yield counted(node.text, run)
    else if (node.kind === 'print') yield counted(show(evaluate(node.value, dot, scope, run)), run)
    else if (node.kind === 'assign') assign(node, dot, scope, run)
    else if (node.kind === 'range') yield* renderRange(node, dot, scope, run)
    else {
      const value = evaluate(node.value, dot, scope, run)
      const chosen = truthy(value) ? node.then : node.otherwise
      yield* renderNodes(chosen, node.kind === 'with' && truthy(value) ? value : dot, new Scope(scope), run)
    }
  }
}

function assign(node: Node & { kind: 'assign' }, dot: Value, scope: Scope, run: Run): void {
  const value = evaluate(node.value, dot, scope, run)
  if (node.declare) scope.declare(node.name, value)
  else scope.assign(node.name, value)
}

function* renderRange(node: Node & { kind: 'range' }, dot: Value, scope: Scope, run: Run): Generator<string> {
  const given = evaluate(node.value, dot, scope, run)
  const value = given === run.root ? run.results : given
  // Each round counts, an empty one too; before a list is made of them.
  step(run, Array.isArray(value) ? value.length : 1)
  const entries: [Value, Value][] = Array.isArray(value)
    ? value.map((item, index) => [index, typeof item === 'string' ? clean(item) : item])
    : Object.keys(Object(typeof value === 'string' ? undefined : value))
        .sort()
        .map(key => [clean(key), property(value, key)])
  if (entries.length === 0) yield* renderNodes(node.otherwise, dot, new Scope(scope), run)
  for (const [key, item] of entries) {
    const inner = new Scope(scope)
    if (node.key !== undefined) inner.declare(node.key, key)
    if (node.item !== undefined) inner.declare(node.item, item)
    yield* renderNodes(node.then, item, inner, run)
  }
}

function evaluate(expression: Expression, dot: Value, scope: Scope, run: Run): Value {
  step(run)
  if (expression.kind === 'literal') return expression.value
  if (expression.kind === 'call') {
    const known = functions.get(expression.name)
    const call = expression.name === 'getEnv' ? (name: Value) => variable(show(name), run) : known
    if (call === undefined) throw new JennerError('usage', `template: unknown function ${expression.name}`)
    const result = call(...expression.arguments.map(argument => evaluate(argument, dot, scope, run)))
    // A long text took its time, printed or not.
    if (typeof result === 'string') step(run, result.length >> 6)
    return result
  }
  let value = dot
  if (expression.variable !== undefined) value = scope.get(expression.variable)
  else if (expression.base !== undefined) value = evaluate(expression.base, dot, scope, run)
  for (const name of expression.names) value = property(value, name)
  return value === undefined ? run.empty(expression.names.at(-1)) : value
}

const ofTheJob = /^(?:AWS_(?:DEFAULT_)?REGION|AWS_ACCOUNT_ID|(?:CI|GITHUB|GITLAB|BUILD|JOB|BRANCH|GIT)(?:_\w+)?)$/
const secret = /TOKEN|PASS|SECRET|KEY|JWT|CRED|AUTH|DSN/

/** A variable that says which job this is; a template from elsewhere must not print others. */
function variable(name: string, { env }: Run): string {
  if (!ofTheJob.test(name) || secret.test(name)) throw new JennerError('usage', `template: getEnv ${name}`)
  return clean(env[name] ?? '')
}

function step(run: Run, count = 1): void {
  run.steps += count
  if (run.steps > run.maxSteps) throw new JennerError('limit_exceeded', 'template: too many steps')
}

function counted(text: string, run: Run): string {
  run.written += text.length
  if (run.written > run.maxOutput)
    throw new JennerError('limit_exceeded', `template: output of more than ${run.maxOutput >> 20} MiB`)
  return text
}
