import { parse as parseYaml } from 'yaml'
import { isObject, itemsAt, own, stringAt } from '../../../base/json.ts'
import { type Decision, type DecisionFile, unreadable } from './decision.ts'
import { globMatches } from './glob.ts'
import { purlNames } from './product.ts'

const maxLength = 4 * 1024 * 1024

/**
 * `.trivyignore.yaml` (and `.jennerignore.yaml`): `vulnerabilities: [{ id, paths, purls, expired_at, statement, owner }]`, and in the same form
 * `misconfigurations`, `secrets` and `licenses`.
 */
export function readTrivyYaml(path: string, text: string): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  const root = yamlObject(path, text, file)
  for (const [list, about] of lists) {
    for (const [i, item] of itemsAt(root, list).entries()) {
      const decision = decisionOf(item, `${path}: ${list}[${i}]`, file)
      if (decision) file.decisions.push(about === undefined ? decision : { ...decision, about })
    }
  }
  return file
}

const lists: [name: string, about: Decision['about']][] = [
  ['vulnerabilities', undefined],
  ['misconfigurations', 'misconfiguration'],
  ['secrets', 'secret'],
  ['licenses', 'license'],
]

function decisionOf(item: unknown, source: string, file: DecisionFile): Decision | undefined {
  const id = stringAt(item, 'id')
  if (!id) return unreadable(file, source, 'no id')
  const purls = texts(item, 'purls')
  const paths = texts(item, 'paths')
  const decision: Decision = {
    kind: 'ignored',
    source,
    ids: [id],
    status: 'not_affected',
    concerns: pkg =>
      (purls.length === 0 || purls.some(purl => purlNames(purl, pkg))) &&
      (paths.length === 0 || paths.some(glob => globMatches(glob, pkg.path))),
  }
  if (paths.length > 0) decision.paths = paths
  if (purls.length > 0) decision.byPackage = true
  const expires = own(item, 'expired_at')
  if (expires !== undefined && expires !== null) {
    const time = expires instanceof Date ? expires.toISOString() : String(expires)
    if (Number.isNaN(Date.parse(time))) return unreadable(file, source, `not a date: ${time}`)
    decision.expires = time
  }
  const statement = stringAt(item, 'statement')
  const owner = stringAt(item, 'owner')
  if (statement) decision.statement = statement
  if (owner) decision.owner = owner
  return decision
}

/** The document as an object; what is not one is a problem of the file. Few aliases are let pass: they can be made to explode. */
export function yamlObject(path: string, text: string, file: DecisionFile): unknown {
  if (text.length > maxLength) return unreadable(file, path, 'too large')
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 20, logLevel: 'error' })
    if (value === null || value === undefined) return undefined
    if (!isObject(value)) file.problems.push({ source: path, detail: 'not a mapping' })
    return value
  } catch (error) {
    file.problems.push({
      source: path,
      detail: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error),
    })
    return undefined
  }
}

function texts(item: unknown, key: string): string[] {
  return itemsAt(item, key).filter(value => typeof value === 'string')
}
