import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { wordpressCore } from './core.ts'
import { wordpressExtensions } from './extensions.ts'
import { wordpressTraits } from './traits.ts'

export const wordpress: Ecosystem = {
  ...wordpressTraits,
  extractors: [wordpressCore, wordpressExtensions],
}
