import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Swift Package Manager. A package's name is its address without scheme: `github.com/apple/swift-nio`; some advisories write it out. */
export const swiftTraits: EcosystemTraits = {
  type: 'swift',
  title: { en: 'Swift', ko: 'Swift' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name =>
    name
      .toLowerCase()
      .replace(/^(?:https?|ssh|git):\/\/(?:git@)?/, '')
      .replace(/(?:\.git)?\/?$/, ''),
  advisoryEcosystems: () => ['SwiftURL'],
}
