import { idOf } from '../../../../base/found.ts'
import type { Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { assigned, licensesOf } from './gemspec.ts'

/** Of a .gemspec what it says of itself; of a version.rb its constants. Plain JSON. */
interface Facts {
  name?: string
  version?: string
  /** The constant that its version is. */
  constant?: string
  /** Files that it loads, as written. */
  loads?: string[]
  licenses?: string[]
  constants?: [name: string, value: string][]
}

const maxLoads = 50

/**
 * The gemspec of a gem that is worked on (RubyGems' "Specification Reference"). A version that is a constant (`My::VERSION`) is looked for in the files that
 * the gemspec loads: `version.rb`, `lib/NAME.rb`.
 */
export const projectGemspec: Extractor<Facts> = {
  id: 'gem-project',
  revision: 1,
  stage: 'lock',
  maxBytes: 1 << 20,
  patterns: [
    { extension: '.gemspec', where: isProject },
    { extension: '.rb', where: entry => mayHoldVersion(entry) && isProject(entry) },
  ],
  parse: file => (file.path.endsWith('.rb') ? constantsOf(file.text()) : readGemspec(file.text())),
  assemble: view => view.files.flatMap(({ path, facts }) => packageOf(path, facts, view)),
}

/** The same of gems that Bundler took from a repository: `bundler/gems/NAME-COMMIT/`. `specifications/` does not speak of them. */
export const gitGemspec: Extractor<Facts> = {
  ...projectGemspec,
  id: 'gem-git',
  stage: 'installed',
  patterns: [
    { extension: '.gemspec', where: isFromGit },
    { extension: '.rb', where: entry => mayHoldVersion(entry) && isFromGit(entry) },
  ],
}

const fromGit = /(?:^|\/)bundler\/gems\/[^/]+\//

function isFromGit({ path }: FileEntry): boolean {
  return fromGit.test(path)
}

/** Not an installed gem: `specifications/` speaks of those. */
function isProject({ path }: FileEntry): boolean {
  return !fromGit.test(path) && !/(?:^|\/)(?:gems\/[^/]+-\d[^/]*|specifications)\//.test(path)
}

function mayHoldVersion({ path, size }: FileEntry): boolean {
  return size <= 256 << 10 && /(?:^|\/)(?:version\.rb|lib\/[^/]+\.rb)$/.test(path)
}

function constantsOf(text: string): Facts | undefined {
  const matches = text.matchAll(/^[ \t]{0,40}([A-Z]\w{0,60})[ \t]{0,10}=[ \t]{0,10}["']([\w.-]{1,60})["']/gm)
  const constants = [...matches].map(([, name = '', value = '']): [string, string] => [name, value])
  const kept = constants.filter(([name]) => /version|string/i.test(name)).slice(0, 20)
  return kept.length > 0 ? { constants: kept } : undefined
}

/** `Gem::Specification.new "NAME", "VERSION" do |s|`. */
const positional = /Gem::Specification\.new[ \t(]{1,10}["']([\w.-]{1,200})["'](?:,[ \t]{0,10}["']([\w.-]{1,60})["'])?/

function readGemspec(text: string): Facts | undefined {
  const [, firstName, firstVersion] = positional.exec(text) ?? []
  const name = assigned(text, 'name') ?? firstName
  if (!name) return undefined
  const version = assigned(text, 'version') ?? firstVersion
  const stated = /(?:^|;)[ \t]*\w+\.version[ \t]*=[ \t]*(?:"#\{)?([A-Za-z][\w:]{0,200})/m.exec(text)?.[1]
  const constant = stated?.split('::').pop()
  const own = constant && new RegExp(`^[ \\t]*${constant}[ \\t]*=[ \\t]*["']([\\w.-]{1,60})["']`, 'm').exec(text)?.[1]
  const loads = [
    ...text.matchAll(/(?:\brequire(?:_relative)?|\bload|\bexpand_path)[ \t(]{1,10}["']([^"'\n]{1,200})["']/g),
  ]
  const licenses = licensesOf(text)
  return {
    name,
    ...((version ?? own) ? { version: version ?? own } : constant && { constant }),
    ...(!version && !own && { loads: loads.slice(0, maxLoads).map(([, file = '']) => file) }),
    ...(licenses.length > 0 && { licenses }),
  }
}

function packageOf(path: string, facts: Facts, view: FactView<Facts>): FoundPackage[] {
  const { name, licenses } = facts
  const version = facts.version ?? loadedVersion(path, facts, view)
  if (!name || !version) return []
  return [
    {
      id: `${path}#${idOf({ name, version })}`,
      name,
      version,
      path,
      ...(!fromGit.test(path) && { relationship: 'root' as const }),
      ...(licenses && { licenses }),
    },
  ]
}

/** Ruby looks for what is required in `lib`, which gemspecs put on its path; `bundle gem` makes `lib/NAME/version.rb`. */
function loadedVersion(path: string, { name, constant, loads = [] }: Facts, view: FactView<Facts>): string | undefined {
  if (!constant) return undefined
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const written of [...loads, `${(name ?? '').replaceAll('-', '/')}/version`]) {
    const file = `${written.replace(/^(?:\.{1,2}\/)+/, '').replace(/\.rb$/, '')}.rb`
    for (const other of [`${folder}${file}`, `${folder}lib/${file}`]) {
      const found = view.get(other)?.constants?.findLast(([key]) => key === constant)
      if (found) return found[1]
    }
  }
  return undefined
}
