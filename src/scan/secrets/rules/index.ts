import type { SecretRule } from '../rule.ts'
import { accessRules } from './access.ts'
import { addressRules } from './address.ts'
import { aiRules } from './ai.ts'
import { callRules } from './call.ts'
import { cloudRules } from './cloud.ts'
import { codeRules } from './code.ts'
import { commandRules } from './command.ts'
import { genericRules } from './generic.ts'
import { keyRules } from './key.ts'
import { moreRules } from './more.ts'
import { laterRules, prefixRules } from './prefix.ts'
import { proseRules } from './prose.ts'
import { serviceRules } from './service.ts'
import { syntaxRules } from './syntax.ts'
import { tableRules } from './table.ts'
import { unlistedRules } from './unlisted.ts'

/** Every rule, the telling ones first: where two find the same place, the earlier one names it. */
export const secretRules: SecretRule[] = [
  ...cloudRules,
  ...codeRules,
  ...aiRules,
  ...serviceRules,
  ...moreRules,
  ...prefixRules,
  ...laterRules,
  ...addressRules,
  ...keyRules,
  ...commandRules,
  ...accessRules,
  ...syntaxRules,
  ...tableRules,
  ...callRules,
  ...genericRules,
  ...unlistedRules,
  ...proseRules,
]
