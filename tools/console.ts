/**
 * `npm run build:console [-- --if-needed]`: the console as static files, and what its first load weighs. The last line is the folder. `--if-needed` builds only what is
 * missing or older than its sources.
 */
import { fileURLToPath } from 'node:url'
import { buildConsole } from '../src/console/build.ts'
import { firstLoad } from './console-weight.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const started = performance.now()
const { dir, built } = await buildConsole({ root, force: !process.argv.includes('--if-needed') })
if (built) {
  const { bytes, files } = firstLoad(dir)
  for (const { name, bytes: size } of files) console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${name}`)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`built in ${seconds} s; first load: ${(bytes / 1000).toFixed(1)} kB in ${files.length} files`)
}
console.log(dir)
