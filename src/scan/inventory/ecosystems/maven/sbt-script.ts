import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { isBuildOnly } from './gradle-files.ts'

interface SbtScript {
  declared: { group: string; artifact: string; crossed: boolean; version: string; scope: string; line: number }[]
  values: [name: string, value: string][]
}

const maxDeclared = 20_000
/** `"org" % "name" % "1.0" % Test`, `"org" %% "name" % version`; `%%%` is for Scala.js and native. */
const module =
  /"([\w.-]{1,200})"\s{0,10}(%{1,3})\s{0,10}"([\w.-]{1,200})"\s{0,10}%\s{0,10}(?:"([^"\n]{1,100})"|([A-Za-z_][\w.]{0,100}))(?:\s{0,10}%\s{0,10}(?:"([^"\n]{1,100})"|([A-Za-z]\w{0,60})))?/g
const assigned =
  /\b(?:val|var|def)\s{1,10}([A-Za-z_]\w{0,100})(?:\s{0,10}:\s{0,10}String)?\s{0,10}=\s{0,10}"([\w.+-]{1,100})"/g
const scala = /\bscalaVersion\s{0,10}:=\s{0,10}(?:"([\w.-]{1,100})"|([A-Za-z_][\w.]{0,100}))/g

/**
 * build.sbt and the Scala files of `project/`: programs, of which only what is plain text counts (sbt, "Library dependencies"), where no build.sbt.lock
 * says what was chosen. `%%` puts the Scala version behind the name: `_2.13`, `_3`; where none is stated, the name stays without.
 */
export const sbtScript: Extractor<SbtScript | { lock: true }> = {
  id: 'sbt-build',
  revision: 1,
  stage: 'lock',
  maxBytes: 2 << 20,
  patterns: [
    { extension: '.sbt' },
    { extension: '.scala', where: ({ path }) => /(?:^|\/)project\/[^/]+$/.test(path) },
    { basename: 'build.sbt.lock' },
  ],
  parse: file => (file.path.endsWith('.lock') ? { lock: true } : readScript(file.text())),
  assemble,
}

function readScript(text: string): SbtScript {
  const plain = text.replace(/^([^"\r\n]{0,400}?)\/\/[^\r\n]*$/gm, '$1')
  const declared: SbtScript['declared'] = []
  let [line, at] = [1, 0]
  for (const match of plain.matchAll(module)) {
    const [, group = '', operator = '', artifact = '', version, name, text = '', scope = text] = match
    for (; at < match.index; at++) if (plain.charCodeAt(at) === 10) line++
    if (declared.length >= maxDeclared) break
    declared.push({ group, artifact, crossed: operator !== '%', version: version ?? `=${name}`, scope, line })
  }
  const values: SbtScript['values'] = []
  for (const [, name = '', value = ''] of [...plain.matchAll(assigned)].slice(0, maxDeclared))
    values.push([name, value])
  for (const [, version, name] of plain.matchAll(scala)) values.push(['scalaVersion', version ?? `=${name}`])
  return { declared, values }
}

function assemble(view: FactView<SbtScript | { lock: true }>): FoundPackage[] {
  const locked = view.files.flatMap(({ path, facts }) => ('lock' in facts ? [rootOf(path)] : []))
  const values = new Map<string, Map<string, string>>()
  for (const { path, facts } of view.files) {
    if ('lock' in facts) continue
    const known = values.get(rootOf(path)) ?? new Map<string, string>()
    values.set(rootOf(path), known)
    for (const [name, value] of facts.values) known.set(name, value)
  }
  return view.files.flatMap(({ path, facts }) =>
    'lock' in facts || locked.includes(rootOf(path)) ? [] : packagesOf(path, facts, values.get(rootOf(path))!),
  )
}

/** The build's folder: its scripts stand in it, and in `project/`, where those called plugins.sbt say what the build itself takes. */
const rootOf = (path: string) => path.replace(/(?:project\/)?[^/]*$/, '')

function packagesOf(path: string, { declared }: SbtScript, values: ReadonlyMap<string, string>): FoundPackage[] {
  const textOf = (text: string) =>
    text.startsWith('=') ? (values.get(text.slice(text.lastIndexOf('.') + 1).replace('=', '')) ?? '') : text
  const suffix = scalaSuffix(textOf(values.get('scalaVersion') ?? ''))
  const found = foundList()
  for (const { group, artifact, crossed, version: written, scope, line } of declared) {
    const version = textOf(written)
    const name = `${group}:${artifact}${crossed ? suffix : ''}`
    if (!/^\d[\w.+-]*$/.test(version)) continue
    const development =
      /(?:^|\/)project\/[^/]*\.sbt$/.test(path) || isBuildOnly(scope) || /^(?:it|provided)/i.test(scope)
    found.add({
      id: `${path}#${idOf({ name, version })}`,
      name,
      version,
      path,
      relationship: 'direct',
      lines: { start: line, end: line },
      ...(development && { development }),
    })
  }
  return found.all()
}

function scalaSuffix(version: string): string {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return major === '' ? '' : major === '2' ? `_2.${minor}` : `_${major}`
}
