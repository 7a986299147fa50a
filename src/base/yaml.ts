import { parse } from 'yaml'
import { isObject } from './json.ts'

/**
 * The top mapping of a YAML document with every scalar left as text (`version: 1.10` is "1.10", not 1.1); undefined when the top is something else.
 * Throws on bad YAML, and on more than a hundred expansions of aliases. Read foreign keys with `own` and its relatives.
 */
export function parseYamlObject(text: string): Record<string, unknown> | undefined {
  const value: unknown = parse(text, {
    schema: 'failsafe',
    maxAliasCount: 100,
    logLevel: 'silent',
    prettyErrors: false,
  })
  return isObject(value) ? value : undefined
}
