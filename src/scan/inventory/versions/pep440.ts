import { compareDotted, compareNumbers, compareText, type Order } from './digits.ts'

/**
 * PEP 440, appendix B, without its white space:
 *
 *     version = ["v"] [epoch "!"] number *("." number) [pre] [post] [dev] ["+" local]
 *     pre     = [sep] ("a" / "alpha" / "b" / "beta" / "c" / "rc" / "pre" / "preview") [sep] [number]
 *     post    = "-" number  /  [sep] ("post" / "rev" / "r") [sep] [number]
 *     dev     = [sep] "dev" [sep] [number]
 *     sep     = "-" / "_" / "."
 */
const grammar =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/
const plain = /^\d+(?:\.\d+)*$/

interface Parsed {
  epoch: string
  release: string
  /** Weight of what stands behind the numbers before the local part: dev < a < b < rc < none < post. */
  phase: number
  phaseNumber: string
  post: string | undefined
  dev: string | undefined
  local: string | undefined
}

const phases: Record<string, number> = { a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3 }
/** A development release without a, b, rc or post comes before them all; a final release after all pre-releases. */
const onlyDev = 0
const final = 4

/** Order by PEP 440; `undefined` where either is no version in its sense. */
export function comparePep440(left: string, right: string): Order | undefined {
  if (plain.test(left) && plain.test(right)) return compareDotted(left, right)
  const a = parse(left)
  const b = parse(right)
  if (!a || !b) return undefined
  return (
    compareNumbers(a.epoch, b.epoch) ||
    compareDotted(a.release, b.release) ||
    (a.phase === b.phase ? 0 : a.phase < b.phase ? -1 : 1) ||
    compareNumbers(a.phaseNumber, b.phaseNumber) ||
    compareOptional(a.post, b.post, -1) ||
    compareOptional(a.dev, b.dev, 1) ||
    compareLocals(a.local, b.local)
  )
}

/** Whether a local part (`+ubuntu1`) is there. */
export const hasLocal = (version: string): boolean => version.includes('+')

/** The version without its local part. */
export const publicPart = (version: string): string => version.split('+', 1)[0]!

/** Epoch and numbers, without leading zeros; `undefined` where it is no version. */
export function releaseOf(version: string): { epoch: string; numbers: string[] } | undefined {
  const parsed = parse(version)
  if (!parsed) return undefined
  const strip = (number: string): string => number.replace(/^0+(?=\d)/, '')
  return { epoch: strip(parsed.epoch), numbers: parsed.release.split('.').map(strip) }
}

function parse(version: string): Parsed | undefined {
  if (version.length > 4096) return undefined
  const match = grammar.exec(version.trim().toLowerCase())
  if (!match) return undefined
  const [, epoch, release, pre, preNumber, bare, post, postNumber, dev, devNumber, local] = match
  const hasPost = bare !== undefined || post !== undefined
  return {
    epoch: epoch ?? '0',
    release: release!,
    phase: pre ? phases[pre]! : dev && !hasPost ? onlyDev : final,
    phaseNumber: preNumber || '0',
    post: hasPost ? bare || postNumber || '0' : undefined,
    dev: dev ? devNumber || '0' : undefined,
    local,
  }
}

/** `absent` is the order of a missing part to any: post is later than none, dev earlier. */
function compareOptional(a: string | undefined, b: string | undefined, absent: -1 | 1): Order {
  if (a === undefined) return b === undefined ? 0 : absent
  if (b === undefined) return absent === 1 ? -1 : 1
  return compareNumbers(a, b)
}

/** Local parts: none is first; numbers after words; more parts win. */
function compareLocals(a: string | undefined, b: string | undefined): Order {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  const left = a.split(/[-_.]/)
  const right = b.split(/[-_.]/)
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compareLocal(left[at]!, right[at]!)
    if (order !== 0) return order
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}

function compareLocal(a: string, b: string): Order {
  const aNumeric = /^\d+$/.test(a)
  const bNumeric = /^\d+$/.test(b)
  if (aNumeric !== bNumeric) return aNumeric ? 1 : -1
  return aNumeric ? compareNumbers(a, b) : compareText(a, b)
}
