import { hostname } from 'node:os'
import type { Command } from 'commander'
import { hostRisks } from '../../agent/host-risks.ts'
import type { Report, ReportRisk } from '../../base/model/report.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { destinationsOf } from '../destinations.ts'
import { scanFlags } from '../flags.ts'
import { chooseFormat, writeReport } from '../report-output.ts'
import { riskLines } from '../risk-lines.ts'
import { allFlags, runScan, type ScanSettings } from '../scan-verb.ts'
import { addWithoutEffect, sayUnread } from '../unread.ts'
import { exitCodeOf } from '../verdict.ts'

/** `jenner host`: this machine's packages, its Docker daemon, its kernel's settings, its running containers. */
export function define(command: Command, context: Context): void {
  addFlags(command, context, scanFlags).action(async () => {
    const settings = context.settings(command, allFlags)
    const copies = destinationsOf(settings).map(destination => ({ ...settings, ...destination }))
    const packages = copies.map(copy => chooseFormat(copy)).some(({ format }) => format.needsPackages === true)
    sayUnread(context)
    const report = await runScan({ kind: 'rootfs', name: '/' }, settings, context, packages)
    report.ArtifactName = hostname()
    const { risks, unreachable } = await hostRisks(context.language)
    report.Risks = risks.filter(({ Severity }) => settings.severity.includes(Severity))
    if (unreachable !== undefined) context.say(context.text('host.noRuntime', { reason: unreachable }))
    for (const copy of copies) await write(report, report.Risks, copy, context)
    context.exitCode = exitCodeOf(report, settings)
  })
  addWithoutEffect(command, context)
}

const tellsRisks = ['table', 'json', 'template']

async function write(report: Report, risks: ReportRisk[], settings: ScanSettings, context: Context): Promise<void> {
  const { format } = chooseFormat(settings)
  if (!tellsRisks.includes(format.id) && risks.length > 0)
    context.say(context.text('host.otherFormat', { count: risks.length, format: format.id }))
  await writeReport(report, settings, context, format.id === 'table' ? riskLines(risks, settings, context) : [])
}
