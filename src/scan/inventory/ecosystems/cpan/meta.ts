import { own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * META.json and META.yml of an unpacked distribution (CPAN::Meta::Spec): `name`, `version`, `license`, and a `meta-spec` that tells them from other files of
 * that name. MYMETA.json below `.meta/` belongs to what install.json beside it states.
 */
export const perlMeta: Extractor = {
  id: 'perl-meta',
  revision: 1,
  stage: 'installed',
  patterns: ['META.json', 'META.yml', 'MYMETA.json'].map(basename => ({
    basename,
    where: ({ path }) => !/(?:^|\/)\.meta\//.test(path),
  })),
  maxBytes: 4 * 1024 * 1024,
  parse: file => packageOf(file.path.endsWith('.yml') ? parseYamlObject(file.text()) : parseJsonObject(file.text())),
  // A distribution brings both forms: one of them is enough.
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      const better = path.endsWith('.json') ? undefined : get(`${folder}META.json`)
      const doubled = path.endsWith('MYMETA.json') && get(`${folder}META.json`) !== undefined
      return better || doubled ? [] : facts.map(found => ({ ...found, path }))
    }),
}

function packageOf(meta: Record<string, unknown> | undefined): FoundPackage[] | undefined {
  const spec = stringAt(own(meta, 'meta-spec'), 'url') ?? ''
  const name = stringAt(meta, 'name')
  const stated = own(meta, 'version')
  const version = typeof stated === 'string' || typeof stated === 'number' ? String(stated) : ''
  if (!name || version === '' || !/cpan|module-build/i.test(spec)) return undefined
  const licenses = [own(meta, 'license')].flat().filter(one => typeof one === 'string')
  return [{ name, version, ...(licenses.length > 0 && { licenses }) }]
}
