import { idOf } from '../../../../base/found.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

interface Installed {
  name: string
  version: string
  licenses?: string[]
  needs?: string[]
}

/** Installed gems: `specifications/NAME-VERSION.gemspec`, the Ruby text that RubyGems writes (Gem::Specification#to_ruby). */
export const gemspec: Extractor<Installed> = {
  id: 'gemspec',
  revision: 2,
  stage: 'installed',
  maxBytes: 1 << 20,
  patterns: [{ extension: '.gemspec', where: ({ path }) => /(?:^|\/)specifications\//.test(path) }],
  parse(file) {
    const text = file.text()
    const stub = /^# stub: (\S+) (\S+)/m.exec(text)
    const named = fromPath(file.path)
    const name = assigned(text, 'name') ?? stub?.[1] ?? named?.name
    const version = assigned(text, 'version') ?? stub?.[2] ?? named?.version
    if (!name || !version) return undefined
    const licenses = licensesOf(text)
    const needs = requiredNames(text)
    return { name, version, ...(licenses.length > 0 && { licenses }), ...(needs.length > 0 && { needs }) }
  },
  assemble(view) {
    const folders = new Map<string, Map<string, string>>()
    for (const { path, facts } of view.files) {
      const names = folders.get(homeOf(path)) ?? new Map<string, string>()
      folders.set(homeOf(path), names.set(facts.name, `${path}#${idOf(facts)}`))
    }
    return view.files.map(({ path, facts: { name, version, licenses, needs = [] } }) => {
      const names = folders.get(homeOf(path))
      const dependsOn = needs.flatMap(needed => names?.get(needed) ?? [])
      return {
        id: `${path}#${idOf({ name, version })}`,
        name,
        version,
        path,
        ...(licenses && { licenses }),
        ...(dependsOn.length > 0 && { dependsOn }),
      }
    })
  },
}

/** `s.name = "rake".freeze`, `%q{rake}` before RubyGems 2, `spec.version = Gem::Version.new("1.0")`; a constant (`Rake::VERSION`) is not told. */
export function assigned(text: string, field: string): string | undefined {
  const match = new RegExp(
    `(?:^|;)[ \\t]*\\w+\\.${field}[ \\t]*=[ \\t]*(?:Gem::Version\\.new[ \\t]*(?:\\([ \\t]*)?)?(?:%q<([^>\\n]+)>|%q\\{([^}\\n]+)\\}|%q\\(([^)\\n]+)\\)|%q\\[([^\\]\\n]+)\\]|"([^"\\n]+)"|'([^'\\n]+)')`,
    'm',
  ).exec(text)
  const value = match?.slice(1).find(text => text !== undefined)
  // What Ruby would put in first is not told.
  return value?.includes('#{') ? undefined : value
}

/** `s.licenses = ["MIT".freeze, "Ruby".freeze]` or `s.license = "MIT"`. */
export function licensesOf(text: string): string[] {
  const list = /^[ \t]*\w+\.licenses[ \t]*=[ \t]*\[([^\]\n]{0,2000})\]/m.exec(text)?.[1]
  if (list === undefined) return [assigned(text, 'license')].flatMap(license => license ?? [])
  return [...list.matchAll(/["']([^"'\n]+)["']/g)].map(match => match[1]!)
}

/** `s.add_runtime_dependency(%q<name>.freeze, …)`, `add_dependency` in newer ones; once for each generation of RubyGems that may read it. */
function requiredNames(text: string): string[] {
  const calls = text.matchAll(
    /\.add_(?:runtime_)?dependency[ \t]*(?:\([ \t]*)?(?:%q[<{]([^>}\n]{1,200})[>}]|["']([^"'\n]{1,200})["'])/g,
  )
  return [...new Set([...calls].map(match => match[1] ?? match[2] ?? ''))]
}

/** `specifications/default/` holds the gems that Ruby itself brings, for the same home. */
function homeOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')).replace(/\/default$/, '')
}

/** `NAME-VERSION[-PLATFORM].gemspec`: the version begins at the first dash that a digit follows. */
function fromPath(path: string): { name: string; version: string } | undefined {
  const match = /^(.+?)-(\d[^-]*)(?:-.*)?\.gemspec$/.exec(path.slice(path.lastIndexOf('/') + 1))
  return match?.[1] && match[2] ? { name: match[1], version: match[2] } : undefined
}
