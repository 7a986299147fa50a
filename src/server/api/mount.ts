import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { JennerError } from '../../base/errors.ts'
import { allows, identityOf, type Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import type { Page } from '../schemas/common.ts'
import { csvLine } from './csv.ts'
import { once } from './idempotency.ts'
import type { Asked, Route } from './route.ts'

export const apiPrefix = '/api/v1'

/** Who asks, as the authentication hook found out; kept apart from what a client can set. */
const callers = new WeakMap<FastifyRequest, { who?: Principal; from: string }>()

export function setCaller(request: FastifyRequest, who: Principal | undefined, from: string): void {
  callers.set(request, { ...(who && { who }), from })
}

export function callerOf(request: FastifyRequest): { who?: Principal; from: string } {
  return callers.get(request) ?? { from: request.ip }
}

/** Puts a route on the server: access, then form, then work, then the audit log. */
export function mount(app: FastifyInstance, context: Context, definition: Route): void {
  app.route({
    method: definition.method,
    url: `${apiPrefix}${definition.path}`,
    ...(definition.bodyLimit && { bodyLimit: definition.bodyLimit }),
    config: definition.perMinute ? { rateLimit: { max: definition.perMinute, timeWindow: 60_000 } } : {},
    // Before the body is read: who may not call it must not fill the memory either.
    onRequest: request => admit(context, definition, request),
    handler: (request, reply) => answer(context, definition, request, reply),
  })
}

async function admit(context: Context, { access, audit }: Route, request: FastifyRequest): Promise<void> {
  const { who, from } = callerOf(request)
  if (allows(access, who)) return
  if (!who) throw new JennerError('unauthenticated')
  const target = (request.params as { id?: string }).id ?? ''
  if (audit)
    await context.audit.write({ actor: who.name, from, action: audit, target, detail: 'role', outcome: 'refused' })
  throw new JennerError('forbidden')
}

async function answer(context: Context, definition: Route, request: FastifyRequest, reply: FastifyReply) {
  const { who, from } = callerOf(request)
  const params = request.params as Record<string, string>
  const note = async (outcome: 'done' | 'refused' | 'failed', detail: string, target = params.id ?? '') => {
    if (!definition.audit) return
    const actor = who?.name ?? '-'
    await context.audit.write({ actor, from, action: definition.audit, target, detail, outcome })
  }
  const asked = await check(definition, request, reply, params, who as Principal, from)
  if (definition.csv && wantsCsv(request)) return sendCsv(definition, asked)
  const work = async () => {
    try {
      const body = await definition.handle(asked)
      await note('done', definition.auditDetail?.(asked.body) ?? '', params.id ?? idOf(body))
      return { status: definition.status ?? (definition.response || definition.raw ? 200 : 204), body }
    } catch (error) {
      await note(error instanceof JennerError && error.code !== 'internal' ? 'refused' : 'failed', codeOf(error))
      throw error
    }
  }
  const repeatable =
    definition.method !== 'GET' && !definition.secret && !definition.raw && definition.access !== 'agent'
  const key = repeatable ? (request.headers['idempotency-key'] as string | undefined) : undefined
  const text = key === undefined ? '' : `${request.method} ${request.url}\n${JSON.stringify(asked.body ?? null)}`
  const result = await once(context, who ? identityOf(who) : from, key, text, work)
  if (definition.raw) return result.body
  reply.code(result.status)
  return result.status === 204 ? reply.send() : reply.send(result.body ?? null)
}

async function check(
  definition: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  params: Record<string, string>,
  who: Principal,
  from: string,
): Promise<Asked<unknown, unknown>> {
  for (const [name, value] of Object.entries(params))
    if (value.length > 500 || /[\u0000-\u001f\u007f]/.test(value)) throw new JennerError('bad_argument', name)
  const { format: _, ...rest } = request.query as Record<string, unknown>
  const query = definition.query ? z.parse(definition.query, definition.csv ? rest : request.query) : {}
  const body = definition.body ? z.parse(definition.body, request.body) : undefined
  return { query, body, params, who, from, request, reply }
}

function idOf(body: unknown): string {
  const { id } = (body ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id : ''
}

function codeOf(error: unknown): string {
  return error instanceof JennerError ? error.code : 'internal'
}

function wantsCsv(request: FastifyRequest): boolean {
  const { format } = request.query as { format?: unknown }
  return format === 'csv' || (request.headers.accept ?? '').startsWith('text/csv')
}

const mostRows = 200_000

/** All pages of a list, as they are read. */
async function sendCsv(definition: Route, asked: Asked<unknown, unknown>) {
  const columns = columnsOf(definition.response)
  const query = { ...(asked.query as object), limit: 500 } as { cursor?: string; limit: number }
  const first = (await definition.handle({ ...asked, query })) as Page<Record<string, unknown>>
  async function* lines() {
    // A byte order mark: without it spreadsheets read Korean as something else.
    yield `\ufeff${csvLine(columns)}`
    let page = first
    for (let rows = 0; ; rows += page.items.length) {
      yield page.items.map(item => csvLine(columns.map(name => item[name]))).join('')
      if (!page.next || rows >= mostRows) return
      page = (await definition.handle({ ...asked, query: { ...query, cursor: page.next } })) as typeof first
    }
  }
  const { Readable } = await import('node:stream')
  const name = definition.path.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')
  return asked.reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="jenner-${name}.csv"`)
    .send(Readable.from(lines()))
}

/** Fields of a page's items. */
function columnsOf(response: z.ZodType | undefined): string[] {
  const items = (response as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }> | undefined)?.shape.items
  return items ? Object.keys(items.element.shape) : []
}
