import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { flatpakMetainfo } from './metainfo.ts'
import { flatpakTraits } from './traits.ts'

export const flatpak: Ecosystem = {
  ...flatpakTraits,
  extractors: [flatpakMetainfo],
}
