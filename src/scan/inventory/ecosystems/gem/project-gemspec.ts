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
 * The gemspec of a gem that is worked on (RubyGems' "Specification Reference"). A version that is a constant (`My::VERSION`) is looked for in the version.rb that the gemspec loads.
 */
export const projectGemspec: Extractor<Facts> = {
  id: 'gem-project',
  revision: 1,
  stage: 'lock',
  maxBytes: 1 << 20,
  patterns: [
    { extension: '.gemspec', where: isProject },
    { basename: 'version.rb', where: isProject },
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
    { basename: 'version.rb', where: isFromGit },
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

function constantsOf(text: string): Facts | undefined {
  const matches = text.matchAll(/^[ \t]{0,40}([A-Z]\w{0,60})[ \t]{0,10}=[ \t]{0,10}["']([\w.-]{1,60})["']/gm)
  const constants = [...matches].map(([, name = '', value = '']): [string, string] => [name, value])
  return constants.length > 0 ? { constants } : undefined
}

function readGemspec(text: string): Facts | undefined {
  const name = assigned(text, 'name')
  if (!name) return undefined
  const version = assigned(text, 'version')
  const stated = /^[ \t]*\w+\.version[ \t]*=[ \t]*([A-Za-z][\w:]{0,200})/m.exec(text)?.[1]
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

/** Ruby looks for what is required in `lib`, which gemspecs put on its path. */
function loadedVersion(path: string, { constant, loads = [] }: Facts, view: FactView<Facts>): string | undefined {
  if (!constant) return undefined
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const written of loads) {
    const file = `${written.replace(/^(?:\.{1,2}\/)+/, '').replace(/\.rb$/, '')}.rb`
    for (const other of [`${folder}${file}`, `${folder}lib/${file}`]) {
      const found = view.get(other)?.constants?.findLast(([name]) => name === constant)
      if (found) return found[1]
    }
  }
  return undefined
}
