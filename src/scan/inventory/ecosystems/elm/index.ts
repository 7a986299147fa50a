import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { elmJson } from './elm-json.ts'

/** Elm. Nobody publishes advisories by Elm package: they are known, not judged. */
export const elm: Ecosystem = {
  type: 'elm',
  title: { en: 'Elm', ko: 'Elm' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [elmJson],
}
