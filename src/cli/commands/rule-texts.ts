import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { RuleText } from '../../runtime/rules/loader/load.ts'
import { readText } from '../read-text.ts'

/** Rule files as given; of a folder its `.yaml` and `.yml` files in the order of their names. */
export function readRuleFiles(files: readonly string[]): RuleText[] {
  return files.flatMap(file => {
    if (!existsSync(file)) throw new JennerError('target_not_found', file)
    if (!statSync(file).isDirectory()) return [{ name: file, content: readText(file) }]
    const names = readdirSync(file)
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
    return names.map(name => ({ name: join(file, name), content: readText(join(file, name)) }))
  })
}
