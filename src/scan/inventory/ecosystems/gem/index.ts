import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bundler } from './gemfile-lock.ts'
import { gemspec } from './gemspec.ts'
import { versions } from './version.ts'

/** RubyGems: what gem and Bundler install. */
export const gem: Ecosystem = {
  type: 'gem',
  title: { en: 'Ruby (RubyGems)', ko: '루비 (RubyGems)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['RubyGems'],
  extractors: [bundler, gemspec],
}
