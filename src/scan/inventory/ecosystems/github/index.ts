import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'
import { githubActions } from './workflow.ts'

/** Actions that GitHub workflows use. */
export const github: Ecosystem = {
  type: 'github',
  title: { en: 'GitHub Actions', ko: 'GitHub Actions' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['GitHub Actions'],
  extractors: [githubActions],
}
