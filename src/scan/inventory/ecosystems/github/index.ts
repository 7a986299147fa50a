import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { preCommit } from './pre-commit.ts'
import { githubTraits } from './traits.ts'
import { githubActions } from './workflow.ts'

export const github: Ecosystem = {
  ...githubTraits,
  extractors: [githubActions, preCommit],
}
