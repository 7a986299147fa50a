import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** RubyGems: what gem and Bundler install. */
export const gemTraits: EcosystemTraits = {
  type: 'gem',
  title: { en: 'Ruby (RubyGems)', ko: '루비 (RubyGems)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['RubyGems'],
}
