import { cliEn } from './cli.en.ts'
import { contentEn } from './content.en.ts'
import { dbEn } from './db.en.ts'
import { drillEn } from './drill.en.ts'
import { errorsEn } from './errors.en.ts'
import { explainEn } from './explain.en.ts'
import { hostEn } from './host.en.ts'
import { platformEn } from './platform.en.ts'
import { profileEn } from './profile.en.ts'
import { reportsEn } from './reports.en.ts'
import { respondEn } from './respond.en.ts'
import { rulesEn } from './rules.en.ts'
import { securityReportEn } from './security-report.en.ts'
import { serverEn } from './server.en.ts'
import { sourcesEn } from './sources.en.ts'
import { verbsEn } from './verbs.en.ts'
import { watchEn } from './watch.en.ts'

/** Every sentence shown to people, in English. Keys are `<room>.<thing>`; `{name}` is filled in. ko.ts has the same keys, checked by type. */
export const en = {
  ...cliEn,
  ...contentEn,
  ...dbEn,
  ...drillEn,
  ...errorsEn,
  ...hostEn,
  ...platformEn,
  ...profileEn,
  ...reportsEn,
  ...respondEn,
  ...rulesEn,
  ...explainEn,
  ...sourcesEn,
  ...securityReportEn,
  ...serverEn,
  ...verbsEn,
  ...watchEn,
} as const

export type MessageKey = keyof typeof en
