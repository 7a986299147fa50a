import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bundler } from './gemfile-lock.ts'
import { gemspec } from './gemspec.ts'
import { gitGemspec, projectGemspec } from './project-gemspec.ts'
import { gemTraits } from './traits.ts'

export const gem: Ecosystem = {
  ...gemTraits,
  extractors: [bundler, gemspec, gitGemspec, projectGemspec],
}
