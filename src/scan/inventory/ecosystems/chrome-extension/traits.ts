import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Extensions of Chromium’s kin and of Firefox. Nobody publishes advisories by them: they are known, not judged. */
export const chromeExtensionTraits: EcosystemTraits = {
  type: 'chrome-extension',
  title: { en: 'Extensions of browsers', ko: '브라우저 확장 프로그램' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
