import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Every bench, in the order in which they run; `npm run bench -- NAME…` runs some. */
const benches: { name: string; script: string; needs: string }[] = [
  { name: 'scan', script: 'scan.ts', needs: 'igzip (package isal), debootstrap, about 10 GB of disk' },
  { name: 'database', script: 'database.ts', needs: 'JENNER_CORPUS, or ../shared beside the repository' },
  {
    name: 'differential',
    script: 'differential.ts',
    needs: 'the official programs: dpkg, rpm, python3-packaging, ruby, npm, composer, Maven, Go … those that are there',
  },
  { name: 'runtime', script: 'runtime/index.ts', needs: 'root and a kernel with BTF for the sensor’s part' },
  { name: 'server', script: 'server/index.ts', needs: 'about 1.5 GB of disk' },
  { name: 'malware', script: 'malware.ts', needs: 'libyara' },
  {
    name: 'conformance',
    script: 'conformance/index.ts',
    needs: 'JENNER_CONFORMANCE, or ../shared beside the repository',
  },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter(word => !benches.some(({ name }) => name === word))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are: ${benches.map(({ name }) => name).join(', ')}`)
  process.exit(4)
}
for (const { name, script, needs } of benches) {
  const file = join(import.meta.dirname, script)
  if ((wanted.length > 0 && !wanted.includes(name)) || !existsSync(file)) continue
  console.log(`\n== ${name} (needs ${needs})`)
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
