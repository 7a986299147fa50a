/**
 * `npm test [-- unit|e2e] [-- FILTER…]`: every suite with node's runner. Unit tests share one process; what starts real
 * engines or kills processes (test/) runs file by file. The last line is `N passed, N failed, N skipped`, with the names of skipped tests before it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareEngines } from './engines.ts'

interface Counts {
  passed: number
  failed: number
  skipped: string[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const suites = [
  { name: 'unit', patterns: ['src/**/*.test.ts', 'tools/**/*.test.ts'], flags: ['--test-isolation=none'] },
  { name: 'e2e', patterns: ['test/**/*.test.ts'], flags: ['--test-concurrency=1', '--test-timeout=900000'] },
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
const totals: Counts = { passed: 0, failed: 0, skipped: [] }

for (const { name, patterns, flags } of wanted) {
  const files = globSync(patterns, {
    cwd: root,
    exclude: path => /(^|\/)(node_modules|testdata)(\/|$)/.test(String(path)),
  })
    .filter(file => filters.length === 0 || filters.some(filter => file.includes(filter)))
    .sort()
  if (files.length === 0) continue
  console.log(`\n== ${name}: ${files.length} files`)
  const out = join(folder, `${name}.json`)
  const reporters = [
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    `--test-reporter=${root}tools/test-reporter.ts`,
    `--test-reporter-destination=${out}`,
  ]
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--test', ...flags, ...reporters, ...files],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, NODE_OPTIONS: '' },
    },
  )
  const counts: Counts =
    existsSync(out) && readFileSync(out, 'utf8') !== ''
      ? JSON.parse(readFileSync(out, 'utf8'))
      : { passed: 0, failed: 0, skipped: [] }
  if (status !== 0 && counts.failed === 0) counts.failed = 1
  totals.passed += counts.passed
  totals.failed += counts.failed
  totals.skipped.push(...counts.skipped)
}

engines?.stop()
rmSync(folder, { recursive: true, force: true })
if (totals.skipped.length > 0) console.log(`\nskipped:\n${totals.skipped.map(name => `  ${name}`).join('\n')}`)
if (totals.passed + totals.failed === 0) totals.failed = 1
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped`)
process.exitCode = totals.failed > 0 ? 1 : 0
