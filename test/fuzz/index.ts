import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

/** `npm run fuzz -- --seconds 60 --seed 7 --only zip`: hostile bytes for every reader; ends with 1 and what to run again when one fails. */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const result = fuzz({ seconds: Number(values.seconds), seed, ...(values.only && { only: values.only }) })
for (const [name, runs] of result.runs) console.log(`${name.padEnd(12)} ${runs} inputs`)
for (const { target, round, message, input } of result.failures)
  console.log(`FAILED ${target}, round ${round}: ${message}\n  input (base64): ${input}`)
console.log(`seed ${seed}: ${result.failures.length === 0 ? 'no failures' : `${result.failures.length} failures`}`)
if (result.failures.length > 0) {
  console.log(`Again: npm run fuzz -- --seed ${seed} --only ${result.failures[0]!.target}`)
  process.exitCode = 1
}
