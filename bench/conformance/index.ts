import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findCases } from './cases.ts'
import type { KindResult, RunKind } from './result.ts'

/**
 * `npm run conformance [-- -v] [KIND…]`: agreement with the open cases, a line a kind, with `-v` the disagreements.
 * The cases are where JENNER_CONFORMANCE says, or packed in ../shared beside the repository; where they are not there is nothing to measure.
 */
const kinds = ['versions', 'constraints', 'packages', 'matching', 'matching-vendor', 'scans', 'secrets', 'rules']

const [verbose, wanted] = [process.argv.includes('-v'), process.argv.slice(2).filter(word => !word.startsWith('-'))]
const directory = findCases()
if (!directory)
  console.log('The open conformance cases are not on this machine (JENNER_CONFORMANCE, ../shared): nothing measured.')
else
  for (const kind of kinds) {
    if (wanted.length > 0 && !wanted.includes(kind)) continue
    await report(kind, directory)
  }

async function report(kind: string, directory: string): Promise<void> {
  const file = join(import.meta.dirname, `${kind}.ts`)
  if (!existsSync(file)) return console.log(`${kind.padEnd(16)} not measured yet`)
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(file).href)
    const run = Object.entries(module).find(([name, value]) => name.startsWith('run') && typeof value === 'function')
    if (!run) throw new Error(`${kind}.ts exports no run function`)
    for (const result of [await (run[1] as RunKind)(directory)].flat()) print(result)
  } catch (error) {
    process.exitCode = 1
    console.log(`${kind.padEnd(16)} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function print({ kind, agreed, total, disagreements, explained = [] }: KindResult): void {
  const share = total === 0 ? '-' : `${(Math.floor((agreed / total) * 10_000) / 100).toFixed(2)} %`
  const others = explained.length > 0 ? `  ${explained.length} explained, ${disagreements.length} open` : ''
  console.log(
    `${kind.padEnd(16)} ${String(agreed).padStart(6)} of ${String(total).padStart(6)}  ${share.padStart(9)}${others}`,
  )
  if (verbose) for (const line of [...explained, ...disagreements]) console.log(`    ${line}`)
}
