import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FactView, FileEntry, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { folderOf, normalizeName, outsideSitePackages } from './names.ts'
import { type Requirement, readRequirement } from './requirement.ts'

interface RequirementsFacts {
  items: (Requirement & { line: number; end: number; type?: 'conda' })[]
  /** `-r other.txt`, `-c constraints.txt`: paths relative to the root. */
  includes: string[]
  constraints: string[]
}

const maxLines = 200_000
const maxIncludes = 500
/** Files that several others include are given the constraints of all of them, up to this many in all. */
const maxSteps = 20_000

/**
 * requirements.txt and its kin (pip's "Requirements File Format"). Any small `.txt` is read, since `-r` and `-c` may name it, but only those called
 * requirements, in a folder `requirements`, or included by such, are believed.
 */
export const requirements: Extractor<RequirementsFacts> = {
  id: 'pip',
  revision: 2,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: [
    {
      extension: '.txt',
      where: entry => outsideSitePackages(entry) && (isRequirements(entry) || entry.size <= 64 << 10),
    },
    // Rye's name for them; Helm's file of that name holds no requirement.
    ...['requirements.lock', 'requirements-dev.lock'].map(basename => ({ basename, where: outsideSitePackages })),
    ...['.in', '.pip'].map(extension => ({
      extension,
      where: (entry: FileEntry) => outsideSitePackages(entry) && isIncludable(entry),
    })),
  ],
  parse(file, problem) {
    const facts = parseRequirements(file.text(), folderOf(file.path))
    if (isRequirements(file)) tellMissing(facts, problem)
    const { remote: _, ...kept } = facts
    // An empty list is one too, where it is called so: whoever includes it misses nothing.
    const says = [kept.items, kept.includes, kept.constraints].some(list => list.length > 0)
    return says || isNamedSo(file.path) ? kept : undefined
  },
  assemble(view) {
    const found = foundList()
    for (const [path, pins] of believed(view)) {
      for (const item of view.get(path)!.items) addPackage(found.add, path, item, pins)
    }
    return found.all()
  },
}

function addPackage(
  add: (pkg: FoundPackage) => void,
  path: string,
  item: RequirementsFacts['items'][number],
  pins: Pins[],
): void {
  const { name, range, url, type } = item
  const version = item.version || (pins.map(known => known.get(normalizeName(name))).find(Boolean) ?? '')
  if (version === '') return
  const extra = { ...(range && { range }), ...(url && { resolved: url }) }
  add({
    id: `${path}#${idOf({ name, version })}`,
    name,
    version,
    ...(type && { type }),
    path,
    lines: { start: item.line, end: item.end },
    ...(Object.keys(extra).length > 0 && { extra }),
  })
}

const isNamedSo = (path: string) =>
  /(?:^|\/)(?:[^/]*(?:requirements|constraints)[^/]*|requirements\/[^/]+)\.(?:txt|in|pip)$/i.test(path)

/** Names that the field gives to such files: `requirements.txt`, `dev-requirements.txt`, `requirements_test.txt`, `requirements/base.txt`. */
function isRequirements({ path }: Pick<FileEntry, 'path'>): boolean {
  return /(?:^|\/)(?:[^/]*requirements[^/]*\.txt|requirements\/[^/]+\.txt|requirements(?:-dev)?\.lock)$/i.test(path)
}

/** What pip-tools makes requirements of: counts only where it is included. */
function isIncludable({ path, size }: FileEntry): boolean {
  return size <= 64 << 10 && isNamedSo(path)
}

/** Versions that constraints fix, by normalised name. */
type Pins = Map<string, string>

/** Those named so, and what they include. What one of them, or a file that includes it, constrains holds for it: pip reads them as one. */
function believed(view: FactView<RequirementsFacts>): Map<string, Pins[]> {
  const pinsOf = new Map<string, Pins[]>()
  let steps = maxSteps
  for (const { path: root, facts } of view.files.filter(isRequirements)) {
    const missing = [...facts.includes, ...facts.constraints].filter(other => !view.get(other))
    if (missing.length > 0)
      view.problem?.(
        root,
        'unreadable',
        `includes ${missing.slice(0, 5).join(', ')}, not found as a list of requirements`,
      )
    const whole = closure([root], path => view.get(path)?.includes ?? [], view)
    const constraining = whole.flatMap(path => view.get(path)?.constraints ?? [])
    const pins = constraining.length === 0 ? [] : [pinsIn(closure(constraining, linked(view), view), view)]
    for (const path of whole) {
      const known = pinsOf.get(path)
      if (known === undefined) pinsOf.set(path, [...pins])
      else if (steps-- > 0) known.push(...pins)
    }
  }
  return pinsOf
}

const linked = (view: FactView<RequirementsFacts>) => (path: string) => {
  const facts = view.get(path)
  return [...(facts?.includes ?? []), ...(facts?.constraints ?? [])]
}

/** The files of the tree that can be reached from some, each once: they may include each other. */
function closure(from: string[], next: (path: string) => string[], view: FactView<RequirementsFacts>): string[] {
  const paths = new Set(from.filter(path => view.get(path)))
  for (const path of paths)
    for (const other of next(path)) if (view.get(other) && paths.size < maxIncludes) paths.add(other)
  return [...paths]
}

function pinsIn(paths: string[], view: FactView<RequirementsFacts>): Pins {
  const pins: Pins = new Map()
  for (const path of paths)
    for (const { name, version, range } of view.get(path)?.items ?? [])
      if (version && !range) pins.set(normalizeName(name), version)
  return pins
}

/** A requirement without a version cannot be judged, a file elsewhere not be read: that is said once a file. */
function tellMissing(facts: ParsedRequirements, problem: ReportProblem | undefined): void {
  if (facts.cut) problem?.('too_many', `more than ${maxLines} lines`)
  if (facts.remote.length > 0)
    problem?.(
      'unsupported',
      `includes a file that is elsewhere: ${facts.remote[0]!.replace(/\/\/[^/@]*@/, '//').slice(0, 200)}`,
    )
  if (facts.constraints.length > 0) return
  const names = facts.items.filter(({ version }) => version === '').map(({ name }) => name)
  if (names.length > 0)
    problem?.(
      'version_unknown',
      `required without a version: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`,
    )
}

interface ParsedRequirements extends RequirementsFacts {
  /** Addresses of included files that no tree holds. */
  remote: string[]
  cut?: true
}

/** Logical lines: `\` at the end goes on, comments begin at a line's start or after a blank, options begin with `-`. */
function parseRequirements(text: string, folder: string): ParsedRequirements {
  const facts: ParsedRequirements = { items: [], includes: [], constraints: [], remote: [] }
  const lines = text.split(/\r\n?|\n/, maxLines + 1)
  if (lines.length > maxLines) facts.cut = true
  for (let at = 0; at < lines.length; at++) {
    const start = at + 1
    const parts: string[] = []
    for (; at < lines.length; at++) {
      const line = lines[at]!.trimEnd()
      const comment = line.trimStart().startsWith('#')
      const goesOn = line.endsWith('\\') && !comment
      if (!comment) parts.push(goesOn ? line.slice(0, -1) : line)
      if (!goesOn) break
    }
    readLine(
      parts
        .join(' ')
        .replace(/(?:^|\s)#.*$/s, '')
        .trim(),
      folder,
      facts,
      start,
      Math.min(at + 1, lines.length),
    )
  }
  return facts
}

function readLine(line: string, folder: string, facts: ParsedRequirements, start: number, end: number): void {
  if (line.startsWith('-')) {
    const option =
      /^(-r|--requirement|-c|--constraint|-e|--editable)(?:\s*=\s*|\s+|(?=[^\s=-]))("[^"]*"|'[^']*'|\S+)/.exec(line)
    if (!option) return
    const [, name = '', quoted = ''] = option
    const value = quoted.replace(/^(["'])(.*)\1$/, '$2')
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(value) && !/^(?:-e|--editable)$/.test(name)) include(facts.remote, value)
    else if (name === '-e' || name === '--editable') readItem(value, facts, start, end)
    else if (name === '-r' || name === '--requirement') include(facts.includes, join(folder, value))
    else include(facts.constraints, join(folder, value))
    return
  }
  readItem(line, facts, start, end)
}

function include(paths: string[], path: string): void {
  if (paths.length < maxIncludes && !paths.includes(path)) paths.push(path)
}

function readItem(line: string, facts: RequirementsFacts, start: number, end: number): void {
  // `conda list --export` writes `name=version=build`, with `pypi` for a build where pip installed it.
  const [, name, version, build = ''] = /^([\w.-]{1,200})=([^=\s]{1,100})=([\w.]{1,200})$/.exec(line) ?? []
  if (name && version)
    return void facts.items.push({
      name,
      version,
      ...(!build.startsWith('pypi') && { type: 'conda' }),
      line: start,
      end,
    })
  // Options of one requirement (`--hash=…`, `--config-settings …`) follow it.
  const requirement = readRequirement(line.split(/\s--?[A-Za-z]/, 1)[0] ?? '')
  if (requirement) facts.items.push({ ...requirement, line: start, end })
}

/** A relative path against a folder; `..` above the root stays there. */
function join(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : folder}${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
