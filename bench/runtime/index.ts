/** `npm run bench:runtime`: what the runtime part does in a second. `JENNER_CORPUS` names the folder of the test corpus; without it the stock rules are not measured. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureRules } from './rules.ts'
import { measureSensor } from './sensor.ts'

const places = [process.env.JENNER_CORPUS, fileURLToPath(new URL('../../.work/corpus', import.meta.url))]
const folder = places
  .filter(place => place !== undefined)
  .map(place => `${place}/rules/falco`)
  .find(existsSync)
if (folder === undefined) console.log('rules: skipped, the corpus with the stock rules is not here (JENNER_CORPUS)')
else measureRules(folder)
await measureSensor()
