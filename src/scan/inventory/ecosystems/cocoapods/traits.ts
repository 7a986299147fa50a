import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** CocoaPods. Advisories name the pod, never a subspec (`Pod/Part`). */
export const cocoapodsTraits: EcosystemTraits = {
  type: 'cocoapods',
  title: { en: 'CocoaPods', ko: 'CocoaPods' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.split('/', 1)[0]!,
  advisoryEcosystems: () => ['CocoaPods'],
}
