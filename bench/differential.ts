import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareVersions, satisfies } from '../src/scan/inventory/versions.ts'
import { type Oracle, oracles } from './differential/oracles.ts'
import { ranges, type Words, words } from './differential/words.ts'

/**
 * `node bench/differential.ts [TYPE…]`: our version orders and ranges against the official programs that are on the machine (dpkg, rpm, packaging, rubygems,
 * node-semver, composer/semver, maven-artifact, x/mod/semver, …), on thousands of made-up pairs. Prints agreement per program and the first differences.
 * ROWS and SEED change how many and which. Where we differ on purpose, the ecosystem's version.ts says why.
 */
const rows = Number(process.env.ROWS ?? 4000)
const seed = Number(process.env.SEED ?? 1)
const shown = Number(process.env.SHOW ?? 8)

function run(): void {
  const wanted = process.argv.slice(2)
  const folder = mkdtempSync(join(tmpdir(), 'jenner-differential-'))
  try {
    for (const oracle of oracles) if (wanted.length === 0 || wanted.includes(oracle.type)) compare(oracle, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compare(oracle: Oracle, folder: string): void {
  const pairs = made(oracle)
  const answers = ask(oracle, folder, pairs)
  const label = `${oracle.type.padEnd(9)} ${oracle.asks.padEnd(6)} ${oracle.title.padEnd(18)}`
  if (!answers) return console.log(`${label} not on this machine`)
  const differences: string[] = []
  let asked = 0
  pairs.forEach(([a, b], at) => {
    if (answers[at] === '?') return
    asked++
    const own = String(oracle.asks === 'order' ? compareVersions(oracle.type, a, b) : satisfies(oracle.type, a, b))
    if (own !== answers[at]) differences.push(`${JSON.stringify(a)} ${JSON.stringify(b)}: ${answers[at]}, ours ${own}`)
  })
  console.log(`${label} ${asked - differences.length} of ${asked} (${pairs.length - asked} refused by it)`)
  for (const difference of differences.slice(0, shown)) console.log(`    ${difference}`)
}

function ask({ command, script }: Oracle, folder: string, pairs: [string, string][]): string[] | undefined {
  const [program = '', ...args] = command
  if (script) {
    const path = join(folder, script.name)
    writeFileSync(path, script.text)
    args.push(path)
  }
  const input = pairs.map(pair => `${pair.join('\t')}\n`).join('')
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  const lines = stdout?.trimEnd().split('\n') ?? []
  if (status === 0 && lines.length === pairs.length) return lines
  if (process.env.DEBUG) console.log(status, lines.length, stderr)
  return undefined
}

const none: Words = { prefixes: [''], tails: [''] }

function made(oracle: Oracle): [string, string][] {
  const random = generator(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const {
    prefixes,
    tails,
    whole,
    odd = ['01', '007', '9007199254740993', '99999999999999999999'],
  } = words[oracle.type] ?? none
  const numbers = ['0', '0', '0', '1', '1', '1', '2', '2', '3', '9', '10', '11', '20', '100', ...odd]
  const version = (): string => {
    const count = whole ?? 1 + Math.floor(random() * 4)
    let text = pick(prefixes) + Array.from({ length: count }, () => pick(numbers)).join('.')
    for (let left = Math.floor(random() * 3); left > 0; left--) text += pick(tails)
    return text
  }
  const near = (text: string): string => {
    const dice = random()
    if (dice < 0.3) return text + pick(tails)
    if (dice < 0.5) return text.replace(/\d+/, pick(numbers))
    if (dice < 0.65) return text.replace(/\d+(?=\D*$)/, pick(numbers))
    if (dice < 0.8) return `${text}.0`
    return version()
  }
  const range = (about: string): string => {
    const { operators, joints, forms = [] } = ranges[oracle.type] ?? { operators: [], joints: [' '] }
    const one = (): string => {
      if (operators.length === 0 || (forms.length > 0 && random() < 0.25))
        return pick(forms).replaceAll('A', near(about)).replaceAll('B', near(about))
      return pick(operators) + (random() < 0.2 ? ' ' : '') + near(about)
    }
    return random() < 0.5 ? one() : one() + pick(joints) + one()
  }
  return Array.from({ length: rows }, () => {
    const first = version()
    return [first, oracle.asks === 'order' ? near(first) : range(first)]
  })
}

function generator(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

run()
