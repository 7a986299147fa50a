/**
 * Completes package-lock.json after `npm install`: every optional dependency of another platform that the registry at hand
 * did not offer gets an entry, because `npm ci` refuses a lock that misses one. `--check` only reports.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockEntry {
  version?: string
  resolved?: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const systems = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'sunos', 'aix', 'openharmony']
const processors = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32', 'mips64el']

const check = process.argv.includes('--check')
const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> }
const problems: string[] = []

for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved?.startsWith('http')) problems.push(`${path} has a download address`)
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue
    problems.push(`${name} is missing (optional dependency of ${path || 'the project'})`)
    lock.packages[`node_modules/${name}`] = platformEntry(name, range)
  }
}

if (check) {
  for (const problem of problems) console.error(`package-lock.json: ${problem}; run: npm run lock`)
  process.exitCode = problems.length > 0 ? 1 : 0
} else {
  const [root, ...rest] = Object.entries(lock.packages)
  rest.sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries([root!, ...rest])
  for (const entry of Object.values(lock.packages)) if (entry.resolved?.startsWith('http')) delete entry.resolved
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: ${problems.length} entries completed`)
}

/** What npm would have written for a package of another platform, read off its name (`@scope/core-linux-x64-musl`). */
function platformEntry(name: string, range: string): LockEntry {
  const words = name.replace(/^@[^/]+\//, '').split(/[-_/]/)
  const entry: LockEntry = { version: range.replace(/^[\^~]/, ''), optional: true }
  const os = systems.filter(system => words.includes(system))
  const cpu = processors.filter(processor => words.includes(processor))
  if (os.length > 0) entry.os = os
  if (cpu.length > 0) entry.cpu = cpu
  if (words.includes('musl') || words.includes('musleabihf')) entry.libc = ['musl']
  if (os.includes('linux') && words.some(word => word.startsWith('gnu'))) entry.libc = ['glibc']
  return entry
}
