import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** What workflows and hooks take from GitHub. */
export const githubTraits: EcosystemTraits = {
  type: 'github',
  title: { en: 'GitHub Actions', ko: 'GitHub Actions' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['GitHub Actions'],
}
