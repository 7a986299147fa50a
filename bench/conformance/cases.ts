import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Where the open cases are: JENNER_CONFORMANCE, else ../shared beside the repository unpacked into .work/; undefined where there are none. */
export function findCases(): string | undefined {
  const named = process.env.JENNER_CONFORMANCE
  if (named) return existsSync(named) ? named : undefined
  const unpack = join(root, '..', 'shared', 'unpack.sh')
  if (!existsSync(unpack)) return undefined
  execFileSync('sh', [unpack, join(root, '.work')], { stdio: ['ignore', 'ignore', 'inherit'] })
  return join(root, '.work', 'conformance')
}
