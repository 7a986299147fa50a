import { JennerError } from '../../../base/errors.ts'
import { parsePolicy } from '../../../runtime/respond/policy/parse.ts'
import { oidcSecret } from '../../auth/oidc.ts'
import type { Context } from '../../context.ts'
import { parseLogRules } from '../../ingest/log-rules.ts'
import { settings as schema, settingsPatch } from '../../schemas/settings.ts'
import { type Route, route } from '../route.ts'

export function settingsRoutes(context: Context): Route[] {
  const { settings, seal, queue, db, bus } = context
  return [
    route({
      method: 'GET',
      path: '/settings',
      access: 'viewer',
      summary: 'What the platform is told by its keepers; secrets are never told',
      response: schema,
      handle: async () => settings.get(),
    }),
    route({
      method: 'PATCH',
      path: '/settings',
      access: 'admin',
      summary: 'Changes settings',
      body: settingsPatch,
      response: schema,
      secret: true,
      audit: 'settings.change',
      auditDetail: body => Object.keys(body).join(' '),
      handle: async ({ body }) => {
        const { oidcSecret: secret, ...part } = body
        const { oidc } = part
        if (oidc?.enabled && (!URL.canParse(oidc.issuer) || !oidc.clientId))
          throw new JennerError('bad_argument', 'oidc.issuer')
        if (part.logs !== undefined) parseLogRules(part.logs.rules)
        if (part.playbooks !== undefined) checkPlaybooks(part.playbooks)
        const next = await settings.patch(part)
        if (secret !== undefined) await seal.put(oidcSecret, secret)
        for (const { id, name } of await db.selectFrom('hosts').select(['id', 'name']).execute())
          await queue.add({ kind: 'rules', target: id, title: name, hostId: id })
        bus.emit('health')
        return next
      },
    }),
  ]
}

/** Agents would refuse them later, out of sight. Throws JennerError bad_argument with the place of the first problem. */
function checkPlaybooks(text: string): void {
  if (text.trim() === '') return
  const [first] = parsePolicy(text).problems
  if (first !== undefined)
    throw new JennerError('bad_argument', `playbooks:${first.line}:${first.column}: ${first.message}`)
}
