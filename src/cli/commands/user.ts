import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText, padEnd } from '../../base/text.ts'
import type { Page } from '../../server/schemas/common.ts'
import type { Invitation, User } from '../../server/schemas/users.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { reach } from '../platform/server.ts'

interface Options {
  state?: string
  role?: string
}

/** `jenner user add NAME [--role ROLE]` · `list` · `reset NAME`: passwords are set by a link that is good once, never on a command line. */
export function define(command: Command, context: Context): void {
  const part = (name: string, title: 'user.add' | 'user.list' | 'user.reset'): Command => {
    const own = command.command(name).description(context.text(title))
    return addFlags(own.option('--state <DIR>', context.text('platform.flag.state')), context, ['format'])
  }
  const add = part('add', 'user.add').argument('<name>').option('--role <ROLE>', context.text('user.role'), 'viewer')
  add.action(async (name: string, { state, role }: Options) => {
    const { api, running } = reach(state, context.env)
    await emitInvitation((await api.post('/users', { name, role })) as Invitation, running.url, add, context)
  })
  const reset = part('reset', 'user.reset').argument('<name>')
  reset.action(async (name: string, { state }: Options) => {
    const { api, running } = reach(state, context.env)
    const user = (await listUsers(api)).find(each => each.name === name)
    if (user === undefined) throw new JennerError('bad_argument', context.text('user.unknown', { name }))
    const invitation = (await api.post(`/users/${user.id}/reset`, {})) as Invitation
    await emitInvitation(invitation, running.url, reset, context)
  })
  const list = part('list', 'user.list')
  list.action(async ({ state }: Options) => {
    const users = await listUsers(reach(state, context.env).api)
    const { format } = context.settings(list, ['format'])
    if (format === 'json') return context.emit([`${JSON.stringify(users, null, 2)}\n`])
    if (users.length === 0) return context.emit([`${context.text('user.none')}\n`])
    await context.emit(
      users.map(
        ({ name, role, kind, lastLogin = '-', disabled }) =>
          `${padEnd(escapeText(name), 24)} ${padEnd(role, 8)} ${padEnd(kind, 6)} ${lastLogin}${disabled ? ' (disabled)' : ''}\n`,
      ),
    )
  })
}

async function listUsers(api: ReturnType<typeof reach>['api']): Promise<User[]> {
  return ((await api.get('/users?limit=500')) as Page<User>).items
}

/** The server tells the link's path, since it may be reached by many names; here it is whole, to be opened as it stands. */
async function emitInvitation(told: Invitation, base: string, command: Command, context: Context): Promise<void> {
  const invitation = { ...told, link: base === '' ? told.link : new URL(told.link, base).href }
  const { format } = context.settings(command, ['format'])
  if (format === 'json') return context.emit([`${JSON.stringify(invitation, null, 2)}\n`])
  const { user, expires, link } = invitation
  await context.emit([`${context.text('user.link', { name: escapeText(user.name), expires })}\n${link}\n`])
}
