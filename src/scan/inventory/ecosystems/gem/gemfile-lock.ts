import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** Gemfile.lock, gems.locked, and `*.gemfile.lock` as Appraisal names them. */
export const bundler: Extractor = {
  id: 'bundler',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'Gemfile.lock', where: outsideGems },
    { basename: 'gems.locked', where: outsideGems },
    { extension: '.lock', where: entry => entry.path.endsWith('.gemfile.lock') && outsideGems(entry) },
  ],
  parse(file, problem) {
    const lock = parseLock(file.text())
    if (lock.specs.length > 0 && !lock.complete) problem?.('truncated', 'bundler: it ends before DEPENDENCIES')
    return packagesOf(lock)
  },
}

interface Spec {
  name: string
  version: string
  needs: string[]
  extra?: Record<string, string>
  line: number
}

interface Lock {
  specs: Spec[]
  direct: Set<string>
  /** DEPENDENCIES, which Bundler always writes after the sources, is there. */
  complete: boolean
}

const sources = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'])

/**
 * The grammar (bundler's lib/bundler/lockfile_parser.rb), by indentation:
 *
 *     SECTION
 *       option: value          remote, revision, ref, branch, tag, glob …
 *       specs:
 *         name (version[-platform])
 *           dependency (constraints)
 *     DEPENDENCIES
 *       name (constraints)[!]
 *     CHECKSUMS
 *       name (version[-platform]) sha256=…
 *
 * Both sides of an unresolved merge conflict are read.
 */
function parseLock(text: string): Lock {
  const lock: Lock = { specs: [], direct: new Set(), complete: false }
  let section = ''
  let options: { remote?: string; revision?: string } = {}
  let known = false
  let number = 0
  for (const raw of text.split('\n')) {
    number++
    const line = raw.trimEnd()
    if (line === '' || /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line)) continue
    const content = line.trimStart()
    const indent = line.length - content.length
    if (indent === 0) {
      section = content
      options = {}
      known ||= /^[A-Z][A-Z ]{1,30}$/.test(section)
      lock.complete ||= section === 'DEPENDENCIES'
    } else if (section === 'DEPENDENCIES' && indent === 2) {
      lock.direct.add(content.replace(/[ !].*$/s, ''))
    } else if (sources.has(section)) {
      if (indent === 2) readOption(content, options)
      else if (indent === 4) lock.specs.push(...readSpec(content, section, options, number))
      else if (indent === 6) lock.specs.at(-1)?.needs.push(content.replace(/[ !].*$/s, ''))
    }
  }
  if (!known && text.trim() !== '') throw new SyntaxError('not a Gemfile.lock')
  return lock
}

function readOption(content: string, options: { remote?: string; revision?: string }): void {
  const colon = content.indexOf(':')
  const name = content.slice(0, colon)
  if (name === 'remote' || name === 'revision') options[name] = content.slice(colon + 1).trim()
}

/** `name (version)`. A gem's version holds no `-`: what follows one is the platform. */
function readSpec(
  content: string,
  section: string,
  { remote, revision }: { remote?: string; revision?: string },
  line: number,
): Spec[] {
  const open = content.indexOf(' (')
  if (open <= 0 || !content.endsWith(')')) return []
  const version = content.slice(open + 2, -1).replace(/-.*$/s, '')
  const extra = section === 'GIT' && remote ? { resolved: remote, ...(revision && { commit: revision }) } : undefined
  return version === '' ? [] : [{ name: content.slice(0, open), version, needs: [], line, ...(extra && { extra }) }]
}

/** Not what a gem's authors worked with: `gems/NAME-VERSION/Gemfile.lock`. */
function outsideGems({ path }: FileEntry): boolean {
  return !/(?:^|\/)gems\/[^/]+-\d[^/]*\//.test(path)
}

function packagesOf({ specs, direct }: Lock): FoundPackage[] {
  const names = new Map(specs.map(spec => [spec.name, idOf(spec)]))
  const found = foundList()
  for (const { name, version, needs, line, extra } of specs) {
    const dependsOn = needs.flatMap(needed => names.get(needed) ?? [])
    found.add({
      name,
      version,
      lines: { start: line, end: line },
      relationship: direct.has(name) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(extra && { extra }),
    })
  }
  return found.all()
}
