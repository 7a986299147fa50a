import { parse as parseToml } from 'smol-toml'
import { entriesAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** What asdf and mise install for a project: `.tool-versions`, `TOOL VERSION [VERSION …]` a line; mise.toml, `[tools] TOOL = "VERSION" | { version }`. */
export const toolVersions: Extractor = {
  id: 'tool-versions',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: '.tool-versions' }, { basename: 'mise.toml' }, { basename: '.mise.toml' }],
  maxBytes: 1024 * 1024,
  parse: file => (file.path.endsWith('.toml') ? ofMise(file.text()) : ofAsdf(file.text())),
}

/** Bitnami's and our own names for the same tools. */
const names = new Map([
  ['nodejs', 'node'],
  ['golang', 'go'],
  ['java', 'openjdk'],
  ['postgres', 'postgresql'],
])

function packageOf(tool: string, version: string): FoundPackage[] {
  const exact = /^(?:[a-z]+-)?v?(\d[\w.+-]{0,60})$/.exec(version)?.[1]
  return exact ? [{ name: names.get(tool) ?? tool, version: exact, development: true }] : []
}

function ofAsdf(text: string): FoundPackage[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [tool, ...versions] = line.split('#', 1)[0]!.trim().split(/\s+/)
    return tool ? versions.slice(0, 20).flatMap(version => packageOf(tool, version)) : []
  })
}

function ofMise(text: string): FoundPackage[] {
  return entriesAt(parseToml(text), 'tools').flatMap(([tool, value]) => {
    const stated = typeof value === 'string' ? value : stringAt(value, 'version')
    return stated ? packageOf(tool, stated) : []
  })
}
