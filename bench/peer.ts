import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bar, barLine } from './scan/bars.ts'
import { prepareImage } from './scan/images.ts'
import { compare } from './scan/measure.ts'

/**
 * `node bench/peer.ts [--rounds 3]`: the same archive of the Debian bench image read by Jenner and by snyk-docker-plugin, another scanner written in TypeScript.
 * npm installs version 9.8.0 into .work/peer for this comparison alone. The bars: at least five times as fast, at most half the memory.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const root = join(import.meta.dirname, '..')
const folder = join(root, '.work/peer')
const archive = join(folder, 'debian.oci.tar')
const script = join(folder, 'scan.cjs')

await prepare()
const flags = ['--no-cache', '--offline', '--quiet', '--allow-starter', '-f', 'json', '-o', '/dev/null']
const results = await compare(
  {
    jenner: [join(root, 'jenner'), 'image', '--input', archive, ...flags],
    peer: [process.execPath, script, archive],
  },
  Number(values.rounds),
)
for (const [name, { wall, pss, status, stderr }] of Object.entries(results))
  console.log(
    `${name.padEnd(8)} ${(wall / 1000).toFixed(2).padStart(7)} s ${pss.toFixed(0).padStart(6)} MiB  exit ${status} ${stderr.trim().slice(-200)}`,
  )
const { jenner, peer } = results as Record<'jenner' | 'peer', (typeof results)[string]>
const bars: Bar[] = [
  { what: "wall to snyk-docker-plugin's", limit: 0.2, measured: jenner.wall / peer.wall, unit: '×' },
  { what: "memory to snyk-docker-plugin's", limit: 0.5, measured: jenner.pss / peer.pss, unit: '×' },
]
console.log(bars.map(barLine).join('\n'))
if (peer.status !== 0 || bars.some(({ limit, measured }) => measured > limit)) process.exitCode = 1

async function prepare(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'node_modules/snyk-docker-plugin'))) {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, 'snyk-docker-plugin@9.8.0'])
  }
  if (!existsSync(archive)) execFileSync('tar', ['-C', await prepareImage('debian', 'gzip'), '-cf', archive, '.'])
  writeFileSync(
    script,
    `require('snyk-docker-plugin').scan({ path: 'oci-archive:' + process.argv[2] }).then(r => console.log(JSON.stringify(r).length), e => { console.error(e); process.exit(1) })\n`,
  )
}
