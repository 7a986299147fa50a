import { own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/** The most telling first: of a distribution's own forms one is enough. */
const forms = ['META.json', 'META.yml', 'MYMETA.json', 'MYMETA.yml']

/**
 * META.json and META.yml of an unpacked distribution (CPAN::Meta::Spec): `name`, `version`, `license`, and a `meta-spec` or `generated_by` that tells
 * them from other files of that name. MYMETA.json below `.meta/` belongs to what install.json beside it states.
 */
export const perlMeta: Extractor = {
  id: 'perl-meta',
  revision: 2,
  stage: 'installed',
  patterns: forms.map(basename => ({
    basename,
    where: ({ path }) => !/(?:^|\/)\.meta\//.test(path),
  })),
  maxBytes: 4 * 1024 * 1024,
  parse: file => packageOf(file.path.endsWith('.yml') ? parseYamlObject(file.text()) : parseJsonObject(file.text())),
  // A distribution brings both forms: one of them is enough.
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      const others = forms.slice(0, forms.indexOf(path.slice(folder.length)))
      return others.some(form => get(`${folder}${form}`)) ? [] : facts.map(found => ({ ...found, path }))
    }),
}

function packageOf(meta: Record<string, unknown> | undefined): FoundPackage[] | undefined {
  const spec = stringAt(own(meta, 'meta-spec'), 'url') ?? ''
  const name = stringAt(meta, 'name')
  const stated = own(meta, 'version')
  const version = typeof stated === 'string' || typeof stated === 'number' ? String(stated) : ''
  const writer = stringAt(meta, 'generated_by') ?? ''
  const known = /cpan|module-build/i.test(spec) || /ExtUtils|Module::|Dist::|Minilla|CPAN/.test(writer)
  if (!name || version === '' || !known) return undefined
  const licenses = [own(meta, 'license')].flat().filter(one => typeof one === 'string')
  return [{ name, version, ...(licenses.length > 0 && { licenses }) }]
}
