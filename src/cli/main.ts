/** The entry of the command: loads as little as it can, then hands over to run.ts. `--version` needs nothing but the package's name card. */
import { readFileSync } from 'node:fs'

const words = process.argv.slice(2)
if (
  words.length === 1 &&
  (words[0] === '--version' || words[0] === '-v' || words[0] === '-V' || words[0] === 'version')
) {
  process.stdout.write(`jenner ${readVersion()}\n`)
} else if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(`jenner: Node.js 24 or newer is needed, this is ${process.versions.node}\n`)
  process.exitCode = 1
} else {
  const { takeOwnImports } = await import('../base/own-imports.ts')
  takeOwnImports()
  const { run } = await import('./run.ts')
  process.exitCode = await run(words, readVersion())
}

/** The version in the nearest package.json: two folders up in a checkout, beside this file in a built package. */
function readVersion(): string {
  for (const place of ['../../package.json', './package.json']) {
    try {
      const card = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as {
        name?: string
        version?: string
      }
      if (card.name === 'jenner' && card.version !== undefined) return card.version
    } catch {}
  }
  return '0.0.0'
}
