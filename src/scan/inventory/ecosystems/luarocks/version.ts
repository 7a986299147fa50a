import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareNumbers, type Order, orderOf } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'

/** LuaRocks' weights of words among the numbers (luarocks/core/vers). */
const words: Record<string, number> = {
  dev: 120_000_000,
  scm: 110_000_000,
  cvs: 100_000_000,
  rc: -1000,
  pre: -10_000,
  beta: -100_000,
  alpha: -1_000_000,
}

/** LuaRocks: `1.2.3-4`: numbers and weighted words, missing ones 0, then the rockspec's revision where both have one. `~> 1.2` means all that begin with 1.2. */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = split(left)
    const b = split(right)
    if (!a || !b) return undefined
    const order = compareWeights(a.weights, b.weights)
    return order !== 0 || a.revision === '' || b.revision === '' ? order : compareNumbers(a.revision, b.revision)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare: versions.compare,
  operators: {
    '~>': familyRules(versions.compare, '').prefix,
    '~=': (version: string, operand: string) => {
      const order = versions.compare(version, operand)
      return order === undefined ? undefined : order !== 0
    },
  },
}

function split(text: string): { weights: number[]; revision: string } | undefined {
  const match = /^v?([0-9a-z][0-9a-z._]*?)(?:-(\d+))?$/i.exec(text.trim())
  const runs = match?.[1]?.toLowerCase().match(/\d+|[a-z]+/g)
  if (!match || !runs) return undefined
  return { weights: runs.map(weight), revision: match[2] ?? '' }
}

function weight(run: string): number {
  if (/^\d/.test(run)) return Number(run)
  return Object.hasOwn(words, run) ? words[run]! : run.charCodeAt(0) / 1000
}

function compareWeights(a: number[], b: number[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = orderOf((a[at] ?? 0) - (b[at] ?? 0))
    if (order !== 0) return order
  }
  return 0
}
