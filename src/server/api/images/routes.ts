import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { severityNumber } from '../../judge/scales.ts'
import {
  imageDetail as detailSchema,
  imageDiff as diffSchema,
  fix,
  imageLayer,
  imagePage,
  imageQuery,
} from '../../schemas/images.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'
import { imageDetail, imageDiff, imageFixes } from './detail.ts'
import { imageOf } from './rows.ts'

const columns = ['critical', 'high', 'medium', 'low', 'unknown'] as const

export function imageRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/images',
      access: 'viewer',
      summary: 'Images, scanned or not',
      query: imageQuery,
      response: imagePage,
      csv: true,
      handle: async ({ query }) => {
        const { running, state, severity, q } = query
        let select = db.selectFrom('images').selectAll()
        if (running !== undefined) select = select.where('running', running ? '>' : '=', 0)
        if (state) select = select.where('scan_state', 'in', state)
        if (severity) select = select.where(eb => eb.or(severity.map(one => eb(columns[severityNumber(one)]!, '>', 0))))
        if (q) select = select.where(holds(['id', 'names', 'digests', 'os'], q))
        const page = await pageOf(db, select, {
          sorts: {
            name: sql`name`,
            vulnerabilities: sql`weight`,
            size: sql`size`,
            packages: sql`packages`,
            running: sql`running`,
            createdAt: sql`coalesce(created_at, 0)`,
            scannedAt: sql`coalesce(scan_at, 0)`,
          },
          byDefault: '-vulnerabilities',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(imageOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/images/:id',
      access: 'viewer',
      summary: 'One image: layers, fixes, containers',
      response: detailSchema,
      handle: async ({ params }) => imageDetail(context, params.id!),
    }),
    route({
      method: 'GET',
      path: '/images/:id/layers',
      access: 'viewer',
      summary: 'Its layers, with the commands that made them',
      response: z.array(imageLayer),
      handle: async ({ params }) => (await imageDetail(context, params.id!)).layersList,
    }),
    route({
      method: 'GET',
      path: '/images/:id/fixes',
      access: 'viewer',
      summary: 'Upgrades, the most useful first',
      response: z.array(fix),
      handle: async ({ params }) => imageFixes(context, params.id!),
    }),
    route({
      method: 'GET',
      path: '/images/:id/diff',
      access: 'viewer',
      summary: 'What changed between two images',
      query: z.object({ to: z.string().max(500).optional(), from: z.string().max(500).optional() }),
      response: diffSchema,
      handle: async ({ params, query }) => {
        const id = params.id!
        if (query.to) return imageDiff(context, id, query.to)
        const from = query.from ?? (await imageDetail(context, id)).previous
        return imageDiff(context, from ?? id, id)
      },
    }),
    route({
      method: 'POST',
      path: '/images/:id/scan',
      access: 'analyst',
      summary: 'Scans an image again',
      status: 202,
      response: z.object({ id: z.string() }),
      audit: 'image.scan',
      handle: async ({ params }) => {
        const { requestScan } = await import('../jobs/scan.ts')
        return { id: await requestScan(context, params.id!) }
      },
    }),
  ]
}
