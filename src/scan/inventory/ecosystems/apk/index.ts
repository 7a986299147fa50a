import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { apkInstalled } from './installed.ts'
import { apkTraits } from './traits.ts'

export const apk: Ecosystem = {
  ...apkTraits,
  extractors: [apkInstalled],
}
