import { parse as parseToml } from 'smol-toml'
import { entriesAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * What version managers install for a project: `.tool-versions` of asdf, `TOOL VERSION [VERSION …]` a line; mise.toml, `[tools] TOOL = "VERSION" | { version }`;
 * `.nvmrc` and `.node-version`, one version, as `.python-version` and `.ruby-version` of pyenv and rbenv.
 */
export const toolVersions: Extractor = {
  id: 'tool-versions',
  revision: 2,
  stage: 'lock',
  patterns: [
    '.tool-versions',
    'mise.toml',
    '.mise.toml',
    '.nvmrc',
    '.node-version',
    '.python-version',
    '.ruby-version',
  ].map(basename => ({
    basename,
    where: ({ path }: FileEntry) => !/(?:^|\/)(?:node_modules|site-packages)\//.test(path),
  })),
  maxBytes: 1024 * 1024,
  parse: file => {
    const tool = single.get(file.path.slice(file.path.lastIndexOf('/') + 1))
    if (tool) return ofLines(tool, file.text())
    return file.path.endsWith('.toml') ? ofMise(file.text()) : ofAsdf(file.text())
  },
}

const single = new Map([
  ['.nvmrc', 'node'],
  ['.node-version', 'node'],
  ['.python-version', 'python'],
  ['.ruby-version', 'ruby'],
])

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

/** A version a line, whole: `lts/iron`, `18` and names of virtual environments are none. */
function ofLines(tool: string, text: string): FoundPackage[] {
  return text
    .split(/\r?\n/, 20)
    .map(line => line.split('#', 1)[0]!.trim())
    .filter(version => /^(?:ruby-)?v?\d+\.\d+/.test(version))
    .flatMap(version => packageOf(tool, version))
}

function ofMise(text: string): FoundPackage[] {
  return entriesAt(parseToml(text), 'tools').flatMap(([tool, value]) => {
    const stated = typeof value === 'string' ? value : stringAt(value, 'version')
    return stated ? packageOf(tool, stated) : []
  })
}
