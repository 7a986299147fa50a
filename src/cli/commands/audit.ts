import type { Command } from 'commander'
import type { AuditVerified } from '../../server/schemas/audit.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { reach } from '../platform/server.ts'

/** `jenner audit verify [--state DIR] [-f table|json]`: exit 1 when an entry was changed or taken away. */
export function define(command: Command, context: Context): void {
  const verify = command.command('verify').description(context.text('audit.verify'))
  verify.option('--state <DIR>', context.text('platform.flag.state'))
  addFlags(verify, context, ['format']).action(async ({ state }: { state?: string }) => {
    const { format } = context.settings(verify, ['format'])
    const verified = (await reach(state, context.env).api.get('/audit/verify')) as AuditVerified
    if (!verified.ok) context.exitCode = 1
    if (format === 'json') return context.emit([`${JSON.stringify(verified, null, 2)}\n`])
    const { rows, head, brokenAt = '' } = verified
    await context.emit([`${context.text(verified.ok ? 'audit.ok' : 'audit.broken', { rows, head, at: brokenAt })}\n`])
  })
}
