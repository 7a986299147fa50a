import { compareNumbers, compareText, type Order } from './digits.ts'

const readable = /^(?:\d+!)?[0-9a-z_.-]+(?:\+[0-9a-z_.-]+)?$/

/**
 * conda's VersionOrder: [epoch "!"] version ["+" local], lower case; "." , "-" and "_" separate components, each a list of runs of digits and letters,
 * which begins with 0 where it begins with letters. Numbers compare as numbers, letters as text before any number, except "dev" before
 * all letters and "post" after all numbers; missing parts are 0. A single "_" at the end stands before letters (openssl 1.0.1_ < 1.0.1a).
 */
export function compareConda(left: string, right: string): Order | undefined {
  const a = parse(left)
  const b = parse(right)
  if (!a || !b) return undefined
  return (
    compareNumbers(a.epoch, b.epoch) || compareComponents(a.version, b.version) || compareComponents(a.local, b.local)
  )
}

/** Whether the components of `prefix` stand at the beginning of the version; the last one may be the beginning of a component. */
export function startsWithConda(version: string, prefix: string): boolean | undefined {
  const whole = parse(version)
  const begin = parse(prefix)
  if (!whole || !begin) return undefined
  if (compareNumbers(whole.epoch, begin.epoch) !== 0) return false
  return begin.version.every((component, at) => {
    const own = whole.version[at] ?? ['0']
    const last = at === begin.version.length - 1
    return compareRuns(last ? own.slice(0, component.length) : own, component) === 0
  })
}

interface Parsed {
  epoch: string
  version: string[][]
  local: string[][]
}

function parse(text: string): Parsed | undefined {
  const version = text.trim().toLowerCase()
  if (version.length > 1024 || !readable.test(version)) return undefined
  const mark = version.indexOf('!')
  const plus = version.indexOf('+')
  return {
    epoch: mark < 0 ? '0' : version.slice(0, mark),
    version: componentsOf(version.slice(mark + 1, plus < 0 ? version.length : plus)),
    local: plus < 0 ? [] : componentsOf(version.slice(plus + 1)),
  }
}

function componentsOf(text: string): string[][] {
  const end = text.endsWith('_') ? text.length - 1 : text.length
  const parts = text.slice(0, end).split(/[._-]/)
  if (end < text.length) parts[parts.length - 1] += '_'
  return parts.map(part => {
    const runs = part.match(/\d+|[a-z]+|_/g) ?? ['0']
    return /^\d/.test(runs[0]!) ? runs : ['0', ...runs]
  })
}

function compareComponents(a: string[][], b: string[][]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareRuns(a[at] ?? ['0'], b[at] ?? ['0'])
    if (order !== 0) return order
  }
  return 0
}

function compareRuns(a: string[], b: string[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareRun(a[at] ?? '0', b[at] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

/** "_" < dev < other letters < numbers < post. */
function rank(run: string): number {
  if (run === 'dev') return 0
  if (run === 'post') return 4
  if (run === '_') return 1
  return /^\d/.test(run) ? 3 : 2
}

function compareRun(a: string, b: string): Order {
  if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1
  return rank(a) === 3 ? compareNumbers(a, b) : compareText(a, b)
}
