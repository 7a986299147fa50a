import { alertmanager } from './kinds/alertmanager.ts'
import { elasticsearch } from './kinds/elasticsearch.ts'
import { email } from './kinds/email.ts'
import { fileKind } from './kinds/file.ts'
import { loki } from './kinds/loki.ts'
import { otlp } from './kinds/otlp.ts'
import { slack } from './kinds/slack.ts'
import { splunk } from './kinds/splunk.ts'
import { syslog } from './kinds/syslog.ts'
import { teams } from './kinds/teams.ts'
import { webhook } from './kinds/webhook.ts'
import type { OutputKind } from './model.ts'

/** Every kind of output. `folder`: where files of the kind `file` are written. */
export function outputKinds(folder: string): OutputKind[] {
  return [webhook, slack, teams, email, syslog, elasticsearch, splunk, loki, otlp, alertmanager, fileKind(folder)]
}
