import { cliEn } from './cli.en.ts'
import { dbEn } from './db.en.ts'
import { errorsEn } from './errors.en.ts'
import { explainEn } from './explain.en.ts'
import { reportsEn } from './reports.en.ts'
import { rulesEn } from './rules.en.ts'
import { verbsEn } from './verbs.en.ts'
import { watchEn } from './watch.en.ts'

/** Every sentence shown to people, in English. Keys are `<room>.<thing>`; `{name}` is filled in. ko.ts has the same keys, checked by type. */
export const en = {
  ...cliEn,
  ...dbEn,
  ...errorsEn,
  ...reportsEn,
  ...rulesEn,
  ...explainEn,
  ...verbsEn,
  ...watchEn,
} as const

export type MessageKey = keyof typeof en
