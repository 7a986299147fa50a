import type { ReportProblem } from '../../../../base/model/ecosystem.ts'
import { commitOf, namedByRegistry, splitSpec } from './package.ts'
import { readYarnLines, type YarnEntry } from './yarn-lines.ts'

/** One resolved package of a yarn.lock. */
export interface YarnNode {
  name: string
  /** Absent for the project's own folders without a version (`0.0.0-use.local`). */
  version?: string
  workspace?: true
  /** What it answers: `name@range`. */
  descriptors: string[]
  needs: [name: string, range: string][]
  resolved?: string
  integrity?: string
  lines: { start: number; end: number }
}

/** The packages of a yarn.lock of either form. Throws on text that is neither. */
export function parseYarnLock(text: string, problem?: ReportProblem): YarnNode[] {
  const { entries, berry } = readYarnLines(text)
  const stated = entries.filter(({ keys }) => keys[0] !== '__metadata')
  const nodes = stated.flatMap(entry => nodeOf(entry, berry) ?? [])
  if (nodes.length === 0 && stated.length > 0) throw new SyntaxError('not a yarn.lock')
  const lost = stated.length - nodes.length
  if (lost > 0) problem?.('malformed', `yarn: ${lost} entries without a version`)
  return nodes
}

function nodeOf(entry: YarnEntry, berry: boolean): YarnNode | undefined {
  const version = entry.fields.get('version')
  const resolution = entry.fields.get('resolution')
  const name = nameOf(entry.keys, resolution)
  if (version === undefined || name === '') return undefined
  const local = berry && (entry.fields.get('linkType') === 'soft' || version === '0.0.0-use.local')
  const resolved = entry.fields.get('resolved') ?? addressOf(resolution)
  return {
    name,
    ...(version !== '0.0.0-use.local' && { version }),
    ...(local && { workspace: true as const }),
    descriptors: [...entry.keys, ...entry.keys.flatMap(patched)],
    needs: ['dependencies', 'optionalDependencies'].flatMap(map => [...(entry.maps.get(map) ?? [])]),
    ...(resolved && { resolved }),
    ...(entry.fields.has('integrity') && { integrity: entry.fields.get('integrity') }),
    lines: entry.lines,
  }
}

/**
 * The real name: berry's `resolution` says it, v1 says it in the key of an alias (`alias@npm:name@range`).
 * A workspace is called as its key says.
 */
function nameOf(keys: string[], resolution: string | undefined): string {
  const [key = ''] = keys
  const spec = splitSpec(key)
  if (spec?.rest.startsWith('workspace:')) return spec.name
  // What is asked for by its address alone may be called anything; the registry's address has the name.
  const named = keys.flatMap(other => namedByRegistry(splitSpec(other)?.rest ?? '') ?? [])[0]
  if (named) return named.name
  if (spec && resolution) return splitSpec(resolution)?.name ?? spec.name
  // Requests for an alias and by its plain name may share an entry: one of them tells what is there.
  return keys.flatMap(aliasOf)[0] ?? spec?.name ?? key
}

function aliasOf(key: string): string[] {
  const rest = splitSpec(key)?.rest ?? ''
  const name = rest.startsWith('npm:') ? splitSpec(rest.slice('npm:'.length))?.name : undefined
  return name ? [name] : []
}

/** Where a berry resolution points when that is not the registry: a git address, a tarball. */
function addressOf(resolution: string | undefined): string | undefined {
  const rest = resolution && splitSpec(resolution)?.rest
  return rest && (commitOf(rest) !== undefined || /^(?:https?|git|ssh|file)[:+@]/.test(rest)) ? rest : undefined
}

/** `fsevents@patch:fsevents@npm%3A~2.3.2#…` also answers the request `fsevents@npm:~2.3.2`, which the patch took over. */
function patched(key: string): string[] {
  const spec = splitSpec(key)
  if (!spec?.rest.startsWith('patch:')) return []
  const original = spec.rest.slice('patch:'.length).replace(/[#].*$/s, '')
  try {
    return [decodeURIComponent(original)]
  } catch {
    return [original]
  }
}
