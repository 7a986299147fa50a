import type { ReportRisk } from '../base/model/report.ts'
import { paint, type Style, terminalOf } from '../base/terminal.ts'
import { escapeText } from '../base/text.ts'
import type { Context } from './context.ts'

const styles: Record<string, Style> = { CRITICAL: 'red', HIGH: 'red', MEDIUM: 'yellow' }

/** What is risky in how a machine and its containers are set up, each with why and what to change. */
export function* riskLines(
  risks: readonly ReportRisk[],
  settings: { noColor: boolean; output?: string | undefined },
  context: Context,
): Generator<string> {
  const terminal =
    settings.output === undefined ? terminalOf(context.stdout, context.env, settings.noColor) : { colors: false }
  yield `${context.text('host.risks', { count: risks.length })}\n`
  for (const { Severity, Target, Title, Description, Fix } of risks) {
    const severity = paint(terminal, styles[Severity] ?? 'dim', Severity)
    yield `\n${severity}  ${escapeText(Target)}: ${escapeText(Title)}\n    ${escapeText(Description)}\n`
    for (const line of Fix?.split('\n') ?? []) yield `      ${escapeText(line)}\n`
  }
}
