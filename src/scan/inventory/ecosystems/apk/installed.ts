import type { ContentFile, Extractor, FactView, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'

interface ApkPackage {
  pkg: FoundPackage
  provides: string[]
  depends: string[]
}

/** Alpine, Wolfi, Chainguard: apk's database, at its old place and at the one since apk-tools 3. */
export const apkInstalled: Extractor<ApkPackage[]> = {
  id: 'apk',
  revision: 1,
  stage: 'installed',
  patterns: [{ path: 'lib/apk/db/installed' }, { path: 'usr/lib/apk/db/installed' }],
  parse: (file: ContentFile, problem?: ReportProblem) => parseInstalled(file.text(), problem),
  assemble: assembleApk,
}

interface Draft {
  fields: Map<string, string>
  files: string[]
  folder: string
  start: number
}

/**
 * apk-installed(5): stanzas separated by empty lines; a line is a letter, a colon, a value. `P` name, `V` version, `A` architecture, `L` licence,
 * `o` origin (source package), `m` maintainer, `D` dependencies, `p` provides; then `F` a folder and `R` the files in it, without a leading slash.
 */
export function parseInstalled(text: string, problem: ReportProblem = () => {}): ApkPackage[] {
  const found: ApkPackage[] = []
  let draft: Draft = { fields: new Map(), files: [], folder: '', start: 1 }
  let number = 0
  let failures = 0
  const finish = () => {
    if (draft.fields.size > 0) {
      const pkg = packageOf(draft, number)
      if (pkg) found.push(pkg)
      else if (failures++ === 0) problem('malformed', `line ${draft.start}: a package without name or version`)
    }
    draft = { fields: new Map(), files: [], folder: '', start: number + 1 }
  }
  for (const line of text.split('\n')) {
    number++
    if (line === '' || line === '\r') finish()
    else readLine(draft, line.endsWith('\r') ? line.slice(0, -1) : line)
  }
  finish()
  return found
}

function readLine(draft: Draft, line: string): void {
  if (line[1] !== ':') return
  const value = line.slice(2)
  if (line[0] === 'F') draft.folder = value
  else if (line[0] === 'R') draft.files.push(draft.folder === '' ? value : `${draft.folder}/${value}`)
  else if (!draft.fields.has(line[0]!)) draft.fields.set(line[0]!, value.trim())
}

function packageOf({ fields, files, start }: Draft, end: number): ApkPackage | undefined {
  const name = fields.get('P')
  const version = fields.get('V')
  if (!name || !version) return undefined
  const arch = fields.get('A')
  const maintainer = fields.get('m')
  return {
    pkg: {
      id: name,
      name,
      version,
      source: { name: fields.get('o') || name, version },
      licenses: licensesOf(fields.get('L') ?? ''),
      lines: { start, end: end - 1 },
      files,
      ...(arch && { arch }),
      ...(maintainer && { maintainer }),
    },
    provides: words(fields.get('p')),
    depends: words(fields.get('D')),
  }
}

/** `so:libc.musl-x86_64.so.1=1`, `cmd:sh`, `busybox>=1.36`, `!conflict`: the names alone. */
function words(field: string | undefined): string[] {
  return (field ?? '').split(/\s+/).flatMap(word => /^[^!<>=~@][^<>=~@]*/.exec(word)?.[0] ?? [])
}

/** An SPDX expression, or before Alpine 3.9 names with blanks between them (`GPL-2.0 MIT`): its single names. */
function licensesOf(field: string): string[] {
  const names = field.split(/[\s()]+/).filter(word => word !== '' && !/^(?:AND|OR|WITH)$/i.test(word))
  return [...new Set(names)]
}

function assembleApk(view: FactView<ApkPackage[]>): FoundPackage[] {
  const providers = new Map<string, string>()
  const all = view.files.flatMap(({ path, facts }) => facts.map(entry => ({ path, ...entry })))
  for (const { pkg, provides } of all) for (const name of provides) providers.set(name, pkg.id!)
  for (const { pkg } of all) providers.set(pkg.name, pkg.id!)
  const seen = new Set<string>()
  return all.flatMap(({ path, pkg, depends }) => {
    const key = `${pkg.name}\0${pkg.version}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ ...pkg, path, dependsOn: [...new Set(depends.flatMap(name => providers.get(name) ?? []))] }]
  })
}
