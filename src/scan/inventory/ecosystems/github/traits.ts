import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** What workflows and hooks take from GitHub. */
export const githubTraits: EcosystemTraits = {
  type: 'github',
  title: { en: 'GitHub Actions', ko: 'GitHub Actions' },
  class: 'lang-pkgs',
  versions,
  // Advisories speak of repositories, whichever of their actions or workflows is used.
  normalizeName: name => name.toLowerCase().split('/').slice(0, 2).join('/'),
  advisoryEcosystems: () => ['GitHub Actions'],
}
