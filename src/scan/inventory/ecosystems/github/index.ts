import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { preCommit } from './pre-commit.ts'
import { versions } from './version.ts'
import { githubActions } from './workflow.ts'

/** What workflows and hooks take from GitHub. */
export const github: Ecosystem = {
  type: 'github',
  title: { en: 'GitHub Actions', ko: 'GitHub Actions' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['GitHub Actions'],
  extractors: [githubActions, preCommit],
}
