import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { carthage } from './cartfile.ts'
import { packageResolved } from './package-resolved.ts'
import { versions } from './version.ts'

/** Swift Package Manager. A package's name is its address without scheme: `github.com/apple/swift-nio`. */
export const swift: Ecosystem = {
  type: 'swift',
  title: { en: 'Swift', ko: 'Swift' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['SwiftURL'],
  extractors: [packageResolved, carthage],
}
