import { cliKo } from './cli.ko.ts'
import { contentKo } from './content.ko.ts'
import { dbKo } from './db.ko.ts'
import { drillKo } from './drill.ko.ts'
import type { MessageKey } from './en.ts'
import { errorsKo } from './errors.ko.ts'
import { explainKo } from './explain.ko.ts'
import { hostKo } from './host.ko.ts'
import { platformKo } from './platform.ko.ts'
import { profileKo } from './profile.ko.ts'
import { reportsKo } from './reports.ko.ts'
import { respondKo } from './respond.ko.ts'
import { rulesKo } from './rules.ko.ts'
import { securityReportKo } from './security-report.ko.ts'
import { serverKo } from './server.ko.ts'
import { sourcesKo } from './sources.ko.ts'
import { verbsKo } from './verbs.ko.ts'
import { watchKo } from './watch.ko.ts'

/** Every sentence shown to people, in Korean: the same keys as en.ts. */
export const ko: Record<MessageKey, string> = {
  ...cliKo,
  ...contentKo,
  ...dbKo,
  ...drillKo,
  ...errorsKo,
  ...hostKo,
  ...platformKo,
  ...profileKo,
  ...reportsKo,
  ...respondKo,
  ...rulesKo,
  ...explainKo,
  ...sourcesKo,
  ...securityReportKo,
  ...serverKo,
  ...verbsKo,
  ...watchKo,
}
