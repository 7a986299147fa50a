import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FactView, FileEntry, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { folderOf, normalizeName, outsideSitePackages } from './names.ts'
import { type Requirement, readRequirement } from './requirement.ts'

interface RequirementsFacts {
  items: (Requirement & { line: number; end: number })[]
  /** `-r other.txt`, `-c constraints.txt`: paths relative to the root. */
  includes: string[]
  constraints: string[]
}

const maxLines = 200_000
const maxIncludes = 500

/**
 * requirements.txt and its kin (pip's "Requirements File Format"). Any small `.txt` is read, since `-r` and `-c` may name it, but only those called
 * requirements, in a folder `requirements`, or included by such, are believed.
 */
export const requirements: Extractor<RequirementsFacts> = {
  id: 'pip',
  revision: 1,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: [
    {
      extension: '.txt',
      where: entry => outsideSitePackages(entry) && (isRequirements(entry) || entry.size <= 64 << 10),
    },
  ],
  parse(file, problem) {
    const facts = parseRequirements(file.text(), folderOf(file.path))
    if (isRequirements(file)) tellUnpinned(facts, problem)
    return facts.items.length > 0 || facts.includes.length > 0 ? facts : undefined
  },
  assemble(view) {
    const found = foundList()
    for (const path of believed(view)) {
      const facts = view.get(path)!
      const pins = constraintsOf(facts, view)
      for (const item of facts.items) addPackage(found.add, path, item, pins)
    }
    return found.all()
  },
}

function addPackage(
  add: (pkg: FoundPackage) => void,
  path: string,
  item: RequirementsFacts['items'][number],
  pins: Map<string, string>,
): void {
  const { name, range, url } = item
  const version = item.version || (pins.get(normalizeName(name)) ?? '')
  if (version === '') return
  const extra = { ...(range && { range }), ...(url && { resolved: url }) }
  add({
    id: `${path}#${idOf({ name, version })}`,
    name,
    version,
    path,
    lines: { start: item.line, end: item.end },
    ...(Object.keys(extra).length > 0 && { extra }),
  })
}

/** Names that the field gives to such files: `requirements.txt`, `dev-requirements.txt`, `requirements_test.txt`, `requirements/base.txt`. */
function isRequirements({ path }: Pick<FileEntry, 'path'>): boolean {
  return /(?:^|\/)(?:[^/]*requirements[^/]*|requirements\/[^/]+)\.txt$/i.test(path)
}

/** Those named so, and what they include, each once. */
function believed(view: FactView<RequirementsFacts>): Set<string> {
  const paths = new Set(view.files.filter(isRequirements).map(({ path }) => path))
  for (const path of paths) {
    for (const other of view.get(path)?.includes ?? [])
      if (view.get(other) && paths.size < maxIncludes + view.files.length) paths.add(other)
  }
  return paths
}

function constraintsOf(facts: RequirementsFacts, view: FactView<RequirementsFacts>): Map<string, string> {
  const pins = new Map<string, string>()
  for (const path of facts.constraints) {
    for (const { name, version, range } of view.get(path)?.items ?? [])
      if (version && !range) pins.set(normalizeName(name), version)
  }
  return pins
}

/** A requirement without a version cannot be judged: that is said once a file. */
function tellUnpinned(facts: RequirementsFacts, problem: ReportProblem | undefined): void {
  if (facts.constraints.length > 0) return
  const names = facts.items.filter(({ version }) => version === '').map(({ name }) => name)
  if (names.length > 0)
    problem?.(
      'version_unknown',
      `required without a version: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`,
    )
}

/** Logical lines: `\` at the end goes on, comments begin at a line's start or after a blank, options begin with `-`. */
function parseRequirements(text: string, folder: string): RequirementsFacts {
  const facts: RequirementsFacts = { items: [], includes: [], constraints: [] }
  const lines = text.split('\n', maxLines)
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

function readLine(line: string, folder: string, facts: RequirementsFacts, start: number, end: number): void {
  if (line.startsWith('-')) {
    const option = /^(-r|--requirement|-c|--constraint|-e|--editable)(?:\s*=\s*|\s+|(?=[^\s=-]))(\S+)/.exec(line)
    if (!option) return
    const [, name = '', value = ''] = option
    if (name === '-e' || name === '--editable') readItem(value, facts, start, end)
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
  // Options of one requirement (`--hash=…`, `--config-settings …`) follow it.
  const requirement = readRequirement(line.split(/\s--?[a-z]/, 1)[0] ?? '')
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
