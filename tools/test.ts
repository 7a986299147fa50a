/**
 * `npm test [-- unit|e2e] [-- FILTER…]`: every suite with node's runner. Unit tests share one process; what starts real engines or kills
 * processes (test/) runs file by file. A file that fails is run once more by itself, since real kernels and daemons have their moods; what passes only then
 * is named. The last line is `N passed, N failed, N skipped`, with the names of skipped tests before it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareEngines } from './engines.ts'
import { circumstances } from './test-circumstances.ts'
import type { FileCounts } from './test-reporter.ts'

interface Suite {
  name: string
  patterns: string[]
  flags: string[]
  /** A process for all files, or one for each. */
  together: boolean
}

const root = fileURLToPath(new URL('..', import.meta.url))
const suites: Suite[] = [
  {
    name: 'unit',
    patterns: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    flags: ['--test-isolation=none'],
    together: true,
  },
  { name: 'e2e', patterns: ['test/**/*.test.ts'], flags: ['--test-timeout=900000'], together: false },
]

const words = process.argv.slice(2)
const wanted = suites.filter(
  ({ name }) => words.length === 0 || words.includes(name) || !suites.some(s => words.includes(s.name)),
)
const filters = words.filter(word => !suites.some(({ name }) => name === word))
const folder = mkdtempSync(join(tmpdir(), 'jenner-test-'))
const engines = wanted.some(({ name }) => name === 'e2e')
  ? await prepareEngines(line => console.log(`jenner: ${line}`))
  : undefined
const results = new Map<string, FileCounts>()
const second: string[] = []

for (const suite of wanted) {
  const files = filesOf(suite)
  if (files.length === 0) continue
  console.log(`\n== ${suite.name}: ${files.length} files`)
  for (const group of suite.together ? [files] : files.map(file => [file])) {
    const started = performance.now()
    note(run(suite, group), group)
    if (!suite.together) console.log(`   ${group[0]} ${((performance.now() - started) / 1000).toFixed(1)} s`)
    // A fuzz run draws another seed the second time: what it found stands.
    const again = group.filter(name => !name.includes('fuzz') && (results.get(name)?.failed.length ?? 0) > 0)
    for (const file of again) {
      const before = results.get(file)!.failed
      if (!suite.together) console.log(circumstances())
      console.log(`\nonce more: ${file} (${before.join('; ')})`)
      results.delete(file)
      note(run(suite, [file]), [file])
      if (results.get(file)?.failed.length === 0) second.push(...before.map(name => `${file}: ${name}`))
    }
  }
}

engines?.stop()
rmSync(folder, { recursive: true, force: true })
report()

function filesOf({ patterns }: Suite): string[] {
  const exclude = (path: unknown) => /(^|\/)(node_modules|testdata)(\/|$)/.test(String(path))
  const files = globSync(patterns, { cwd: root, exclude })
  return files.filter(file => filters.length === 0 || filters.some(filter => file.includes(filter))).sort()
}

/** Runs files in one process of node's runner; what each came to, by path relative to the root. */
function run({ flags }: Suite, files: string[]): Map<string, FileCounts> {
  const out = join(folder, 'counts.json')
  rmSync(out, { force: true })
  const reporters = [
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    `--test-reporter=${root}tools/test-reporter.ts`,
    `--test-reporter-destination=${out}`,
  ]
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, NODE_OPTIONS: '' }
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--test', ...flags, ...reporters, ...files],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env },
  )
  const text = existsSync(out) ? readFileSync(out, 'utf8') : ''
  const counts = new Map(
    Object.entries(text === '' ? {} : (JSON.parse(text) as Record<string, FileCounts>)).map(([file, one]) => [
      relative(root, resolve(root, file)),
      one,
    ]),
  )
  const failed = [...counts.values()].some(one => one.failed.length > 0)
  if (status !== 0 && !failed)
    counts.set(files[0]!, { passed: 0, failed: [`the runner ended with ${status}`], skipped: [] })
  return counts
}

/** Tests that helper modules declare are counted for the first file of the group. */
function note(counts: Map<string, FileCounts>, group: string[]): void {
  for (const [file, one] of counts) {
    const key = group.includes(file) ? file : group[0]!
    const known = results.get(key)
    if (!known) results.set(key, one)
    else {
      known.passed += one.passed
      known.failed.push(...one.failed)
      known.skipped.push(...one.skipped)
    }
  }
}

function report(): void {
  const all = [...results.values()]
  const list = (title: string, names: string[]) => {
    if (names.length > 0) console.log(`\n${title}:\n${names.map(name => `  ${name}`).join('\n')}`)
  }
  const skipped = all.flatMap(one => one.skipped)
  const failed = [...results].flatMap(([file, one]) => one.failed.map(name => `${file}: ${name}`))
  const passed = all.reduce((sum, one) => sum + one.passed, 0)
  list('skipped', skipped)
  list('passed only when run once more', second)
  list('failed', failed)
  const failures = passed + failed.length === 0 ? 1 : failed.length
  console.log(`\n${passed} passed, ${failures} failed, ${skipped.length} skipped`)
  process.exitCode = failures > 0 ? 1 : 0
}
