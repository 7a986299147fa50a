import { parse as parseToml } from 'smol-toml'
import { entriesAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** mise's configuration by its "Configuration" page: `mise.toml`, `mise.local.toml`, `mise.ENV.toml`, `mise/config.toml`, `conf.d/*.toml`. */
const mise =
  /(?:^|\/)(?:\.?mise(?:\.[\w-]{1,60}){0,2}|\.?mise\/config(?:\.[\w-]{1,60}){0,2}|mise\/conf\.d\/[^/]{1,100})\.toml$/
const notForeign = ({ path }: FileEntry) => !/(?:^|\/)(?:node_modules|site-packages)\//.test(path)

/**
 * What version managers install for a project, named as they name it: `.tool-versions` of asdf, `TOOL VERSION [VERSION …]` a line; mise.toml,
 * `[tools] TOOL = "VERSION" | { version } | [several]`; `.nvmrc` and `.node-version`, one version, as `.python-version` and `.ruby-version` of pyenv and rbenv.
 */
export const toolVersions: Extractor = {
  id: 'tool-versions',
  revision: 4,
  stage: 'lock',
  patterns: [
    ...['.tool-versions', '.nvmrc', '.node-version', '.python-version', '.ruby-version'].map(basename => ({
      basename,
      where: notForeign,
    })),
    { extension: '.toml', where: entry => mise.test(entry.path) && notForeign(entry) },
  ],
  maxBytes: 1024 * 1024,
  parse: file => {
    const tool = single.get(file.path.slice(file.path.lastIndexOf('/') + 1))
    if (tool) return ofLines(tool, file.text())
    return file.path.endsWith('.toml') ? ofMise(file.text()) : ofAsdf(file.text())
  },
}

const single = new Map([
  ['.nvmrc', 'nodejs'],
  ['.node-version', 'nodejs'],
  ['.python-version', 'python'],
  ['.ruby-version', 'ruby'],
])

/** `21.0.2`, `temurin-21.0.1+12.0.LTS`, `pypy3.10-7.3.15`: whole, as it is installed. `system`, `latest`, `lts`, `ref:…`, `path:…` are no versions. */
const installable = /^(?:[a-z][a-z0-9._-]{0,40}-)?\d[\w.+-]{0,60}$/i

function packageOf(tool: string, version: string): FoundPackage[] {
  const exact = version.replace(/^v(?=\d)/, '')
  return installable.test(exact) ? [{ name: tool, version: exact, development: true }] : []
}

function ofAsdf(text: string): FoundPackage[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [tool, ...versions] = line.split('#', 1)[0]!.trim().split(/\s+/)
    return tool ? versions.slice(0, 20).flatMap(version => packageOf(tool, version)) : []
  })
}

/** A version a line: `18` (Node's series) and `3.11` are the lowest that they let in; `lts/iron` and names of virtual environments are none. */
function ofLines(tool: string, text: string): FoundPackage[] {
  return text
    .split(/\r?\n/, 20)
    .map(line => line.split('#', 1)[0]!.trim())
    .filter(version => (tool === 'nodejs' ? /^v?\d+(?:\.\d|$)/ : /^(?:ruby-)?v?\d+\.\d+/).test(version))
    .flatMap(version => packageOf(tool, version.replace(/^ruby-/, '')))
}

function ofMise(text: string): FoundPackage[] {
  return entriesAt(parseToml(text), 'tools').flatMap(([tool, value]) => {
    const several = Array.isArray(value) ? value.slice(0, 20) : [value]
    return several.flatMap(one => packageOf(tool, (typeof one === 'string' ? one : stringAt(one, 'version')) ?? ''))
  })
}
