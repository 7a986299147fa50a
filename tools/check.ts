/** `npm run check`: types, lint and format, layers, import cycles, regular expressions, file sizes, the lock file. Prints every failure, then exits 1. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { checkLayers } from './layers.ts'
import { checkRegexes } from './regexes.ts'
import { checkSizes } from './sizes.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const steps: [name: string, run: () => string[]][] = [
  ['types', () => command('node_modules/.bin/tsc', ['-p', '.'])],
  ['console', () => command('node_modules/.bin/tsc', ['-p', 'src/console'])],
  ['lint', () => command('node_modules/.bin/biome', ['check', '--max-diagnostics=60', '.'])],
  ['layers', () => checkLayers(root)],
  ['regexes', () => checkRegexes(root)],
  ['sizes', () => checkSizes(root)],
  ['lock', () => command(process.execPath, ['tools/lock.ts', '--check'])],
]

let failures = 0
for (const [name, run] of steps) {
  const problems = run()
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  for (const problem of problems) console.log(`     ${problem}`)
  if (problems.length > 0) failures++
}
process.exitCode = failures > 0 ? 1 : 0

function command(file: string, args: string[]): string[] {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (error) return [`${file}: ${error.message}`]
  return status === 0 ? [] : `${stdout}\n${stderr}`.split('\n').filter(line => line.trim() !== '')
}
