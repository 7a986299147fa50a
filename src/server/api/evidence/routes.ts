import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { contentsOf } from '../../evidence/contents.ts'
import { digestOfFile, type EvidenceRow, evidenceFile } from '../../evidence/receive.ts'
import { iso } from '../../ingest/time.ts'
import { type Evidence, evidenceDetail, evidencePage, evidenceQuery } from '../../schemas/evidence.ts'
import { found } from '../found.ts'
import { type Route, route } from '../route.ts'

/** Files of evidence hold command lines, open files and copies of programs: for analysts, and each look is in the audit log. */
export function evidenceRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/evidence',
      access: 'analyst',
      summary: 'Evidence that was taken: by whom, of what, how large',
      query: evidenceQuery,
      response: evidencePage,
      csv: true,
      handle: async ({ query }) => {
        const { incident, container, host } = query
        let select = selectEvidence(context)
        if (incident) select = select.where('evidence.incident_id', '=', incident)
        if (container)
          select = select.where(eb =>
            eb.or([eb('evidence.container_id', '=', container), eb('evidence.container', '=', container)]),
          )
        if (host) select = select.where('evidence.host_id', '=', host)
        const page = await pageOf(db, select, {
          sorts: { createdAt: sql`evidence.created_at`, size: sql`evidence.size`, container: sql`evidence.container` },
          byDefault: '-createdAt',
          id: sql`evidence.id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(evidenceOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/evidence/:id',
      access: 'analyst',
      summary: 'What is in a file of evidence: manifest, processes, open files, sockets',
      response: evidenceDetail,
      audit: 'evidence.look',
      handle: async ({ params }) => {
        const row = await find(context, params.id!)
        const contents = row.state === 'whole' ? await contentsOf(evidenceFile(context.state, row.id)) : undefined
        return { ...evidenceOf(row), ...(contents && { contents }) }
      },
    }),
    route({
      method: 'GET',
      path: '/evidence/:id/file',
      access: 'analyst',
      summary: 'A file of evidence, as it was when it was taken; one that was changed since is refused',
      raw: 'application/x-tar',
      audit: 'evidence.read',
      handle: async ({ params, reply }) => {
        const row = await find(context, params.id!)
        const path = evidenceFile(context.state, row.id)
        if (row.state !== 'whole') throw new JennerError('target_not_found', `evidence: ${row.state}`)
        const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined)
        if (file === undefined) throw new JennerError('target_not_found', 'evidence')
        try {
          const { size } = await file.stat()
          if (size !== row.size || (await digestOfFile(path)) !== row.sha256)
            throw new JennerError('conflict', `sha256 ${row.sha256}`)
        } catch (error) {
          await file.close()
          throw error
        }
        void reply.header('content-disposition', `attachment; filename="${row.name.replace(/[^\w.-]/g, '_')}"`)
        void reply.header('content-length', row.size)
        const stream = file.createReadStream({ start: 0, end: row.size - 1 })
        return reply.type('application/x-tar').send(stream) as unknown as undefined
      },
    }),
  ]
}

export function selectEvidence({ db }: Pick<Context, 'db'>) {
  return db
    .selectFrom('evidence')
    .leftJoin('hosts', 'hosts.id', 'evidence.host_id')
    .selectAll('evidence')
    .select('hosts.name as host_name')
}

export function evidenceOf(row: EvidenceRow & { host_name: string | null }): Evidence {
  return {
    id: row.id,
    ...(row.incident_id && { incidentId: row.incident_id }),
    ...(row.action_id && { actionId: row.action_id }),
    hostId: row.host_id,
    host: row.host_name ?? '',
    containerId: row.container_id,
    container: row.container,
    name: row.name,
    size: row.size,
    sha256: row.sha256,
    createdAt: iso(row.created_at),
    madeBy: row.made_by,
    state: row.state as Evidence['state'],
    received: row.received,
  }
}

async function find(context: Context, id: string) {
  return found(await selectEvidence(context).where('evidence.id', '=', id).executeTakeFirst(), 'evidence')
}
