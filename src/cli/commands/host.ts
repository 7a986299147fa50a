import { hostname } from 'node:os'
import type { Command } from 'commander'
import { hostRisks } from '../../agent/host-risks.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { scanFlags } from '../flags.ts'
import { chooseFormat, writeReport } from '../report-output.ts'
import { riskLines } from '../risk-lines.ts'
import { allFlags, runScan } from '../scan-verb.ts'
import { exitCodeOf } from '../verdict.ts'

/** `jenner host`: this machine's packages, its Docker daemon, its kernel's settings, its running containers. */
export function define(command: Command, context: Context): void {
  addFlags(command, context, scanFlags).action(async () => {
    const settings = context.settings(command, allFlags)
    const { format } = chooseFormat(settings)
    const report = await runScan({ kind: 'rootfs', name: '/' }, settings, context, format.needsPackages === true)
    report.ArtifactName = hostname()
    const { risks, unreachable } = await hostRisks(context.language)
    report.Risks = risks.filter(({ Severity }) => settings.severity.includes(Severity))
    if (unreachable !== undefined) context.say(context.text('host.noRuntime', { reason: unreachable }))
    const shown = format.id === 'table' || format.id === 'json' || format.id === 'template'
    if (!shown && report.Risks.length > 0)
      context.say(context.text('host.otherFormat', { count: report.Risks.length, format: format.id }))
    await writeReport(
      report,
      settings,
      context,
      format.id === 'table' ? riskLines(report.Risks, settings, context) : [],
    )
    context.exitCode = exitCodeOf(report, settings)
  })
}
