import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * `installed/vcpkg/status`: stanzas like dpkg's, the last one about a package and its triplet counts.
 * `Version` and `Port-Version` make the version `1.2.3#1`; a stanza with `Feature` is about a part of the package.
 */
export const vcpkgStatus: Extractor = {
  id: 'vcpkg',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'status', where: ({ path }) => /(?:^|\/)(?:vcpkg_)?installed\/vcpkg\/status$/.test(path) }],
  parse: file => packagesOf(file.text()),
}

function packagesOf(text: string): FoundPackage[] {
  const found = new Map<string, FoundPackage>()
  for (const stanza of text.split(/\r?\n\r?\n/)) {
    const fields = fieldsOf(stanza)
    const name = fields.get('package')
    if (!name || fields.has('feature')) continue
    const key = `${name}:${fields.get('architecture')}`
    if (fields.get('status') === 'install ok installed') found.set(key, packageOf(name, fields))
    else found.delete(key)
  }
  return [...found.values()]
}

function fieldsOf(stanza: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of stanza.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0 && !/^\s/.test(line)) fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return fields
}

function packageOf(name: string, fields: Map<string, string>): FoundPackage {
  const port = fields.get('port-version')
  const arch = fields.get('architecture')
  const needs = (fields.get('depends') ?? '').split(',').map(need => need.trim().replace(/[[:].*$/s, ''))
  return {
    name,
    version: `${fields.get('version') ?? ''}${port && port !== '0' ? `#${port}` : ''}`,
    dependsOn: needs.filter(need => need !== ''),
    ...(arch && { arch }),
  }
}
