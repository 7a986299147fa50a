import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fdFile } from '../../src/scan/image/content.ts'
import { hashesOf } from '../../src/scan/malware/hashes.ts'
import { readRuleSet } from '../../src/scan/malware/rule-set.ts'
import { openYara } from '../../src/scan/malware/yara/engine.ts'
import { findYara } from '../../src/scan/malware/yara/self-test.ts'

export interface BenchFile {
  path: string
  size: number
}

interface Run {
  wall: number
  cpu: number
  matches: number
}

/** Ours to the program's, wall and processor time. */
export interface YaraRatio {
  wall: number
  cpu: number
}

/** The regular files of a folder, and of those below it when `deep`, up to `max`. */
export function listFiles(folder: string, max: number, deep = false): BenchFile[] {
  const list: BenchFile[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: deep })) {
    if (!entry.isFile() || list.length >= max) continue
    const path = join(entry.parentPath, entry.name)
    const fd = openSync(path, 'r')
    list.push({ path, size: fstatSync(fd).size })
    closeSync(fd)
  }
  return list
}

/** Each file opened, given to `scan`, and closed; the number of matches. */
export function scanAll(files: readonly BenchFile[], scan: (file: ReturnType<typeof fdFile>) => number): number {
  let matches = 0
  for (const { path, size } of files) {
    const fd = openSync(path, 'r')
    matches += scan(fdFile({ path, size, mode: 0o755 }, fd))
    closeSync(fd)
  }
  return matches
}

/**
 * YARA through our engine against the `yara` program: the same rules, the same files, one thread each. In turns, the best of three each: the machine may be busy, and the first
 * run fills the page cache. This process should have been started with `libyaraEnvironment`, as readers of images are. Both without the start and the compiling of rules (of the program that is a run over nothing). Undefined where the program is absent.
 */
export function benchYara(rules: string, files: readonly BenchFile[]): YaraRatio | undefined {
  const found = findYara()
  if (typeof found === 'string') throw new Error(`libyara is needed (Debian: apt-get install libyara9): ${found}`)
  const set = readRuleSet(rules)
  const { engine, problems } = openYara(found, set.yara, { source: () => set.source })
  const bad = new Set(problems.map(problem => problem.file))
  console.log(`${engine.rules} rules of ${rules}, ${bad.size} files of them left out`)
  const used = set.yara.filter(({ name }) => !bad.has(name)).map(({ name }) => join(rules, name))
  const ours = (): Run => timed(() => scanAll(files, file => engine.scan(file, hashesOf(file)).matches.length))
  let [best, program] = [ours(), runProgram(used, files)]
  for (let round = 0; round < 2; round++)
    [best, program] = [better(best, ours()), better(program, runProgram(used, files))]
  engine.close()
  printRun('our YARA engine', best, files)
  if (program === undefined) return undefined
  printRun('the yara program', program, files)
  return { wall: best.wall / program.wall, cpu: best.cpu / program.cpu }
}

export function printRun(what: string, { wall, cpu, matches }: Run, files: readonly BenchFile[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const speed = `${(bytes / 1000 / wall).toFixed(0)} MB/s, ${(wall / files.length).toFixed(2)} ms a file`
  console.log(
    `${what.padEnd(18)}${wall.toFixed(0).padStart(7)} ms, processor ${cpu.toFixed(0)} ms, ${speed}, ${matches} matches`,
  )
}

/** What it takes in this process. */
export function timed(run: () => number): Run {
  const [started, before] = [performance.now(), process.cpuUsage()]
  const matches = run()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - started, cpu: (user + system) / 1000, matches }
}

function better<R extends Run | undefined>(one: R, other: R): R {
  return one && other && { ...(one.wall < other.wall ? one : other), cpu: Math.min(one.cpu, other.cpu) }
}

/** One thread, as ours has. Sources with an error are left out as ours leaves them. */
function runProgram(rules: readonly string[], files: readonly BenchFile[]): Run | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-bench-'))
  try {
    const [list, none] = [join(folder, 'list'), join(folder, 'none')]
    writeFileSync(list, `${files.map(({ path }) => path).join('\n')}\n`)
    writeFileSync(none, '/dev/null\n')
    const [empty, full] = [runOnce(rules, none), runOnce(rules, list)]
    if (empty === undefined || full === undefined) return undefined
    return { wall: full.wall - empty.wall, cpu: full.cpu - empty.cpu, matches: full.matches }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The shell's `times` tells the processor time of its children (POSIX): user and system, the second line. */
function runOnce(rules: readonly string[], list: string): Run | undefined {
  const variables = ['filename', 'filepath', 'extension', 'filetype', 'owner'].flatMap(name => ['-d', `${name}=`])
  const sources = rules.map((path, index) => `n${index}:${path}`)
  const args = ['-w', '-p', '1', ...variables, ...sources, '--scan-list', list]
  const started = performance.now()
  const { stdout, status } = spawnSync('sh', ['-c', 'yara "$@" || exit 9; times', 'sh', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const wall = performance.now() - started
  if (status !== 0) return undefined
  const lines = stdout.trimEnd().split('\n')
  const cpu = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, min, sec]) => Number(min) * 60 + Number(sec),
  )
  return { wall, cpu: cpu.reduce((sum, seconds) => sum + seconds, 0) * 1000, matches: lines.length - 2 }
}
