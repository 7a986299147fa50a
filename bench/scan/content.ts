import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { EntrySink, LayerVisitor } from '../../src/base/model/visitor.ts'
import { createCollector } from '../../src/scan/image/content.ts'
import { readFolder } from '../../src/scan/image/folder.ts'
import { builtinRules, openMalwareStore } from '../../src/scan/malware/store.ts'
import { createMalwareVisitor } from '../../src/scan/malware/visitor.ts'
import { libyaraEnvironment } from '../../src/scan/malware/yara/allocator.ts'
import { wantsSecretScan } from '../../src/scan/secrets/files.ts'
import { standardFinder } from '../../src/scan/secrets/find.ts'
import { createSecretVisitor } from '../../src/scan/secrets/visitor.ts'
import { type Bar, contentBars } from './bars.ts'
import { compare } from './measure.ts'

const root = join(import.meta.dirname, '../..')

/** All scanners of an image against vulnerabilities alone: wall and memory, nothing known, and then all known. */
export async function benchScanners(layout: string, rounds: number): Promise<Bar[]> {
  const scan = (scanners: string, cache: string): string =>
    `exec ${join(root, 'jenner')} image --input ${layout} --scanners ${scanners} --cache-dir ${cache} --offline --quiet --allow-starter -f json -o /dev/null`
  const cold = (scanners: string): string[] => {
    const cache = join(layout, '../content-cache', scanners.replaceAll(',', '-'))
    return [
      'sh',
      '-c',
      `mkdir -p ${cache}; find ${cache} -mindepth 1 -maxdepth 1 ! -name compiled -exec rm -rf {} +; ${scan(scanners, cache)}`,
    ]
  }
  const all = 'vuln,secret,malware,license'
  const results = await compare(
    {
      vuln: cold('vuln'),
      'vuln,secret': cold('vuln,secret'),
      'vuln,malware': cold('vuln,malware'),
      'vuln,license': cold('vuln,license'),
      all: cold(all),
      'all again': ['sh', '-c', scan(all, join(layout, '../content-cache', all.replaceAll(',', '-')))],
    },
    rounds,
  )
  console.log('\nscanners              wall ms   × vuln   PSS MiB')
  for (const [name, { wall, pss }] of Object.entries(results))
    console.log(
      [
        name.padEnd(18),
        wall.toFixed(0).padStart(10),
        (wall / results.vuln!.wall).toFixed(2).padStart(8),
        pss.toFixed(0).padStart(9),
      ].join(' '),
    )
  return contentBars(results)
}

/** Our YARA rules, and foreign ones where they are given, on the programs of the Debian image, against the `yara` program. In a process set up as readers are. */
export function benchYaraRules(root: string, foreign: string): Bar[] {
  const script = join(import.meta.dirname, '../malware.ts')
  return [builtinRules, foreign]
    .filter(rules => existsSync(rules))
    .flatMap(rules => {
      const args = [script, '--rules', rules, '--files', join(root, 'usr/bin')]
      const env = { ...process.env, ...libyaraEnvironment }
      const { stdout } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      console.log(`\n${stdout.trimEnd()}`)
      const ratio = /ratio .*?([\d.]+) of processor time/.exec(stdout)?.[1]
      const what = `YARA to the yara program, ${basename(dirname(rules))}/${basename(rules)}: processor`
      return ratio === undefined ? [] : [{ what, limit: 1.1, measured: Number(ratio), unit: '×' as const }]
    })
}

/** Secrets in MB/s on one core, against reading the same files and doing nothing. The best of `rounds`, in turns. */
export async function benchSecrets(folder: string, rounds: number): Promise<void> {
  standardFinder()
  let [reading, finding, bytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]
  for (let round = 0; round < rounds; round++) {
    const read = await timed(folder, textReader())
    const found = await timed(folder, createSecretVisitor(createCollector()))
    ;[reading, finding, bytes] = [Math.min(reading, read.ms), Math.min(finding, found.ms), read.bytes]
  }
  const speed = (ms: number): string => `${(bytes / 1000 / ms).toFixed(0)} MB/s`
  const own = speed(finding - reading)
  console.log(
    `\nsecrets in ${(bytes / 1e6).toFixed(0)} MB of ${folder}: ${speed(finding)} with reading, ${own} without; reading alone ${speed(reading)}`,
  )
}

/** Reads the same files, and looks at every byte once. */
function textReader(): LayerVisitor {
  const sink: EntrySink = {
    write(chunk) {
      chunk.includes(0)
    },
    end() {},
  }
  return { entry: entry => (wantsSecretScan(entry) ? sink : undefined) }
}

async function timed(folder: string, visitor: LayerVisitor): Promise<{ ms: number; bytes: number }> {
  const started = performance.now()
  const { bytes } = await readFolder(folder, visitor)
  return { ms: performance.now() - started, bytes }
}

/** What is found on inputs that are known to be clean: nothing, at default severity. */
export async function benchClean(folders: readonly string[]): Promise<boolean> {
  const store = openMalwareStore()
  let clean = true
  console.log('')
  for (const folder of folders.filter(path => existsSync(path))) {
    const secrets = createSecretVisitor(createCollector())
    const malware = createMalwareVisitor(store)
    const skip = { skipDirs: ['.git', '.work', 'dist'] }
    await readFolder(folder, secrets, {}, skip)
    await readFolder(folder, malware, {}, skip)
    const { facts } = secrets.finish()
    const certain = facts.flatMap(({ path, value }) =>
      value
        .filter(({ certainty }) => certainty === undefined)
        .map(({ rule, startLine }) => `${path}:${startLine} ${rule}`),
    )
    const doubtful = facts.reduce((sum, { value }) => sum + value.length, 0) - certain.length
    const infected = malware.facts.flatMap(({ path, matches }) => matches.map(({ rule }) => `${path} ${rule}`))
    clean &&= certain.length + infected.length === 0
    const verdict = certain.length + infected.length === 0 ? 'pass' : 'FAIL'
    console.log(
      `${verdict}  ${folder}: secrets ${certain.length} (of low certainty ${doubtful}), malware ${infected.length}`,
    )
    for (const line of [...certain, ...infected].slice(0, 50)) console.log(`      ${line}`)
  }
  store.close()
  return clean
}
