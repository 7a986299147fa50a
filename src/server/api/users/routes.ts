import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import { endSessionsOf } from '../../auth/sessions.ts'
import { createLink, createUser, keepOneAdmin, type LinkKind, type UserRow, userOf } from '../../auth/users.ts'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { iso } from '../../ingest/time.ts'
import { type Invitation, invitation, user, userInput, userPage, userPatch, userQuery } from '../../schemas/users.ts'
import { found } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

export function userRoutes(context: Context): Route[] {
  const { db } = context
  const find = async (id: string) =>
    found(await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst(), 'user')
  return [
    route({
      method: 'GET',
      path: '/users',
      access: 'admin',
      summary: 'Accounts',
      query: userQuery,
      response: userPage,
      handle: async ({ query }) => {
        let select = db.selectFrom('users').selectAll()
        if (query.q) select = select.where(holds(['name'], query.q))
        const page = await pageOf(db, select, {
          sorts: {
            name: sql`name`,
            role: sql`role`,
            createdAt: sql`created_at`,
            lastLogin: sql`coalesce(last_login, 0)`,
          },
          byDefault: 'name',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(userOf) }
      },
    }),
    route({
      method: 'POST',
      path: '/users',
      access: 'admin',
      summary: 'Adds an account; its owner sets the password by a link',
      body: userInput,
      response: invitation,
      status: 201,
      secret: true,
      audit: 'user.add',
      auditDetail: body => `${body.name} ${body.role}`,
      handle: async ({ body }) => invite(context, await createUser(context, body.name, body.role), 'invite'),
    }),
    route({
      method: 'PATCH',
      path: '/users/:id',
      access: 'admin',
      summary: 'Changes a role, or disables an account; its sessions end',
      body: userPatch,
      response: user,
      audit: 'user.change',
      auditDetail: body => JSON.stringify(body),
      handle: async ({ params, body }) => {
        const row = await find(params.id!)
        if ((body.role ?? row.role) !== 'admin' || body.disabled)
          await keepOneAdmin(db, row.role === 'admin' ? row.id : '')
        const change = {
          ...(body.role && { role: body.role }),
          ...(body.disabled !== undefined && { disabled: Number(body.disabled) }),
        }
        if (Object.keys(change).length > 0) await db.updateTable('users').set(change).where('id', '=', row.id).execute()
        await endSessionsOf(db, row.id)
        return userOf({ ...row, ...change })
      },
    }),
    route({
      method: 'POST',
      path: '/users/:id/reset',
      access: 'admin',
      summary: 'A link that sets a new password; the old one ends with it',
      response: invitation,
      secret: true,
      audit: 'user.reset',
      handle: async ({ params }) => {
        const row = await find(params.id!)
        if (row.kind !== 'local') throw new JennerError('conflict', row.kind)
        await endSessionsOf(db, row.id)
        return invite(context, row, 'reset')
      },
    }),
    route({
      method: 'DELETE',
      path: '/users/:id',
      access: 'admin',
      summary: 'Takes an account out, with its sessions and tokens',
      audit: 'user.delete',
      handle: async ({ params }) => {
        const row = await find(params.id!)
        if (row.role === 'admin') await keepOneAdmin(db, row.id)
        await db.transaction().execute(async transaction => {
          for (const table of ['sessions', 'tokens', 'invitations'] as const)
            await transaction.deleteFrom(table).where('user_id', '=', row.id).execute()
          await transaction.deleteFrom('users').where('id', '=', row.id).execute()
        })
      },
    }),
  ]
}

async function invite(context: Context, row: UserRow, kind: LinkKind): Promise<Invitation> {
  const { path, expires } = await createLink(context, row.id, kind)
  return { user: userOf(row), link: path, expires: iso(expires) }
}
