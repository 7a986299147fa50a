import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import { hashSecret, newSecret } from '../../auth/password.ts'
import { tokenPrefix } from '../../auth/tokens.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import { type Token, tokenCreated, tokenInput, tokenPage, userQuery } from '../../schemas/users.ts'
import { parsed } from '../found.ts'
import { type Route, route } from '../route.ts'

export function tokenRoutes(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/tokens',
      access: 'admin',
      summary: 'API tokens; their secrets were told once',
      query: userQuery,
      response: tokenPage,
      handle: async ({ query }) => {
        const page = await pageOf(db, db.selectFrom('tokens').selectAll(), {
          sorts: {
            name: sql`name`,
            createdAt: sql`created_at`,
            expires: sql`expires`,
            lastUsed: sql`coalesce(last_used, 0)`,
          },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(tokenOf) }
      },
    }),
    route({
      method: 'POST',
      path: '/tokens',
      access: 'admin',
      summary: 'Makes an API token; its secret is told now and never again',
      body: tokenInput,
      response: tokenCreated,
      status: 201,
      secret: true,
      audit: 'token.create',
      auditDetail: body => `${body.name} ${body.scopes.join(',')} ${body.days} d`,
      handle: async ({ body, who }) => {
        const secret = `${tokenPrefix}${newSecret()}`
        const row: Tables['tokens'] = {
          id: newId(now()),
          hash: hashSecret(secret),
          name: body.name,
          scopes: JSON.stringify([...new Set(body.scopes)]),
          created_by: who.name,
          user_id: who.userId,
          created_at: now(),
          expires: now() + body.days * 86_400_000,
          last_used: null,
        }
        await db.insertInto('tokens').values(row).execute()
        return { ...tokenOf(row), secret }
      },
    }),
    route({
      method: 'DELETE',
      path: '/tokens/:id',
      access: 'admin',
      summary: 'Ends a token',
      audit: 'token.delete',
      handle: async ({ params }) => {
        const { numDeletedRows } = await db.deleteFrom('tokens').where('id', '=', params.id!).executeTakeFirstOrThrow()
        if (numDeletedRows === 0n) throw new JennerError('target_not_found', 'token')
      },
    }),
  ]
}

function tokenOf(row: Tables['tokens']): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: parsed(row.scopes),
    createdBy: row.created_by,
    createdAt: iso(row.created_at),
    expires: iso(row.expires),
    ...isoOr('lastUsed', row.last_used),
  }
}
