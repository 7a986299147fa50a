import type { Command } from 'commander'
import type { Severity } from '../../base/model/severity.ts'
import { readReport } from '../../reporting/formats/read.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { destinationsOf } from '../destinations.ts'
import { readText } from '../read-text.ts'
import { chooseFormat, outputFlags, writeReport } from '../report-output.ts'
import { exitCodeOf } from '../verdict.ts'

/** `jenner convert REPORT.json -f FORMAT`: a report of ours, or one of Trivy's, in another format. Severities and the gate apply again. */
export function define(command: Command, context: Context): void {
  const names = [...outputFlags, 'severity', 'exitCode', 'failOn', 'exitOnEol', 'allowStarter'] as const
  addFlags(command.argument('<REPORT.json>'), context, names).action(async (file: string) => {
    context.endAtOnce()
    const settings = context.settings(command, names)
    const copies = destinationsOf(settings).map(destination => ({ ...settings, ...destination }))
    for (const copy of copies) chooseFormat(copy)
    const report = readReport(readText(file))
    for (const result of report.Results) {
      const asked = ({ Severity }: { Severity: Severity }): boolean => settings.severity.includes(Severity)
      result.Vulnerabilities = result.Vulnerabilities?.filter(asked)
      result.Secrets = result.Secrets?.filter(asked)
      result.Malware = result.Malware?.filter(asked)
      result.Licenses = result.Licenses?.filter(asked)
    }
    for (const copy of copies) await writeReport(report, copy, context)
    const gated = settings.exitCode > 0 || settings.failOn !== undefined || settings.exitOnEol > 0
    const code = exitCodeOf(report, settings)
    // An incomplete scan converts completely: 3 would be said of the conversion. A gate that is asked for keeps its meaning.
    context.exitCode = gated ? code : 0
    if (report.Incomplete.length > 0)
      context.say(context.text('convert.incomplete', { count: report.Incomplete.length }))
  })
}
