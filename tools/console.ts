/** `npm run build:console`: the console as static files, and what its first load weighs. `--if-needed`: only where it is missing or old; prints the folder alone. */
import { fileURLToPath } from 'node:url'
import { buildConsole } from '../src/console/build.ts'
import { firstLoad } from './console-weight.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const started = performance.now()
const ifNeeded = process.argv.includes('--if-needed')
const { dir } = await buildConsole({ root, force: !ifNeeded })
if (ifNeeded) {
  console.log(dir)
  process.exit()
}
const { bytes, files } = firstLoad(dir)
console.log(`built ${dir} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
console.log(`first load: ${(bytes / 1000).toFixed(1)} kB gzip in ${files.length} files`)
for (const { name, bytes: size } of files) console.log(`  ${(size / 1000).toFixed(1).padStart(7)} kB  ${name}`)
