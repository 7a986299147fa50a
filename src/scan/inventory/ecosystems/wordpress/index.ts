import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { wordpressCore } from './core.ts'
import { wordpressExtensions } from './extensions.ts'

/** WordPress itself, its plugins and themes. */
export const wordpress: Ecosystem = {
  type: 'wordpress',
  title: { en: 'WordPress', ko: '워드프레스' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['WordPress'],
  extractors: [wordpressCore, wordpressExtensions],
}
