import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bar, barLine, barsOf, versionBar } from './scan/bars.ts'
import { benchClean, benchScanners, benchSecrets, benchYaraRules } from './scan/content.ts'
import { type ImageName, imageNames, prepareImage } from './scan/images.ts'
import type { Compressor } from './scan/layout.ts'
import { compare, type Measure, measure } from './scan/measure.ts'

/**
 * `npm run bench:scan [-- --images debian,node_modules,large,tiny-files] [--rounds 5] [--parts] [--content]`
 * Every bar of an image scan with `pass` or `FAIL`; the exit code is 1 when one is missed. Medians of rounds in which the commands take turns.
 * Wall time of a whole `jenner image --input --scanners vuln` as a ratio to `igzip -dc` of the same layers, and peak memory (of the whole process tree; a page that several processes share counts once: PSS, which is less than the sum of their RSS). `--parts`: also of inflating and of reading headers alone.
 * `--content`: all scanners against vulnerabilities alone on the Debian image, secrets against reading, YARA against the `yara` program, and what is found on clean inputs.
 */
const { values } = parseArgs({
  options: {
    images: { type: 'string', default: 'debian,node_modules' },
    rounds: { type: 'string', default: '5' },
    parts: { type: 'boolean', default: false },
    content: { type: 'boolean', default: false },
  },
})
const root = join(import.meta.dirname, '..')
const rounds = Number(values.rounds)
if ((await measure(['igzip', '--version'])).status !== 0)
  throw new Error('igzip is needed (Debian: apt-get install isal)')
const bars: Bar[] = values.content ? await benchContent() : []
console.log('image            process                    wall ms   × igzip   PSS MiB   exit')
for (const name of values.images.split(',')) bars.push(...(await benchImage(name as ImageName)))
bars.push(versionBar(await compare(starts(), rounds * 3)))
console.log(`\n${bars.map(barLine).join('\n')}`)
if (bars.some(({ limit, measured }) => measured > limit)) process.exitCode = 1

async function benchContent(): Promise<Bar[]> {
  const layout = await prepareImage('debian', 'gzip')
  const debian = join(layout, '../debian-root')
  const corpus = process.env.JENNER_CORPUS ?? join(root, '../shared/corpus')
  const own = await benchScanners(layout, rounds)
  await benchSecrets(debian, rounds)
  own.push(...benchYaraRules(debian, join(corpus, 'rules/yara/signature-base')))
  if (!(await benchClean([debian, join(corpus, 'inputs'), root]))) process.exitCode = 1
  return own
}

async function benchImage(name: ImageName): Promise<Bar[]> {
  if (!imageNames.includes(name)) throw new Error(`no bench image ${name}: ${imageNames.join(', ')}`)
  const made = name === 'debian' || name === 'node_modules'
  const gzip = await prepareImage(name, made ? 'gzip' : 'igzip')
  const commands: Record<string, string[]> = { igzip: igzipOf(gzip), ...processes('gzip', gzip) }
  if (made) Object.assign(commands, processes('zstd', await prepareImage(name, 'zstd' satisfies Compressor)))
  const results = await compare(commands, made ? rounds : 1)
  for (const [process, result] of Object.entries(results)) print(name, process, result, results.igzip!.wall)
  return barsOf(name, results)
}

/** The smallest commands there are. */
function starts(): Record<string, string[]> {
  return { empty: [process.execPath, '-e', '0'], version: [join(root, 'jenner'), '--version'] }
}

/** igzip in one process over the layers alone, in no particular order: the limit of what gzip allows. */
function igzipOf(layout: string): string[] {
  const blobs = join(layout, 'blobs/sha256')
  return ['sh', '-c', `igzip -dc ${largest(blobs).join(' ')} > /dev/null`]
}

/** Blobs that are no JSON documents. */
function largest(folder: string): string[] {
  return readdirSync(folder)
    .map(name => join(folder, name))
    .filter(isGzip)
}

function isGzip(path: string): boolean {
  const fd = openSync(path, 'r')
  const start = Buffer.alloc(2)
  readSync(fd, start, 0, 2, 0)
  closeSync(fd)
  return start[0] === 0x1f && start[1] === 0x8b
}

function processes(label: string, layout: string): Record<string, string[]> {
  const script = join(import.meta.dirname, 'scan/read-layers.ts')
  const part = (mode: string): string[] => [process.execPath, script, mode, layout]
  const parts = { [`${label} inflate`]: part('inflate'), [`${label} + headers, digests`]: part('headers') }
  return { ...(values.parts ? parts : {}), ...wholeScans(label, layout) }
}

/** The whole command, with nothing known about the layers, and then again with what the first run kept. */
function wholeScans(label: string, layout: string): Record<string, string[]> {
  const cache = join(layout, '../scan-cache', label)
  const flags = '--scanners vuln --offline --quiet --allow-starter -f json -o /dev/null'
  const scan = `exec ${join(root, 'jenner')} image --input ${layout} --cache-dir ${cache} ${flags}`
  // Node's compiled modules stay: a user's second scan has them too.
  const forget = `mkdir -p ${cache}; find ${cache} -mindepth 1 -maxdepth 1 ! -name compiled -exec rm -rf {} +`
  return {
    [`${label} jenner image`]: ['sh', '-c', `${forget}; ${scan}`],
    [`${label} the same again`]: ['sh', '-c', scan],
  }
}

function print(image: string, name: string, { wall, pss, status }: Measure, reference: number): void {
  const cells = [
    image.padEnd(16),
    name.padEnd(24),
    wall.toFixed(0).padStart(9),
    (wall / reference).toFixed(2).padStart(9),
  ]
  console.log([...cells, pss.toFixed(0).padStart(9), String(status).padStart(6)].join(' '))
}
