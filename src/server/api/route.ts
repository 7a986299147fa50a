import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Access, Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A request, checked. */
export interface Asked<Q, B> {
  query: Q
  body: B
  params: Record<string, string>
  /** For routes that are `public` it may be nobody: see `request.who`. */
  who: Principal
  /** Where from: an address, or `socket`. */
  from: string
  request: FastifyRequest
  reply: FastifyReply
}

/** One route of the API: what it takes, what it answers, who may call it. The access test, the OpenAPI document and the router all read this. */
export interface Route<Q = unknown, B = unknown, R = unknown> {
  method: Method
  /** Below `/api/v1`, parameters as `:id`. */
  path: string
  access: Access
  summary: string
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  /** undefined: no content, or not JSON (`raw`). */
  response?: z.ZodType<R>
  status?: 200 | 201 | 202 | 204
  /** A list that can be had as CSV. */
  csv?: boolean
  /** Answers by itself (a stream, a file); the media type it answers with. */
  raw?: string
  /** Name in the audit log; told for every call of it, refused ones too. */
  audit?: string
  /** What the audit log says beside the target. Never a secret. */
  auditDetail?: (body: B) => string
  /** The body is bytes: `request.body` is a Buffer where it was sent as such. */
  binary?: boolean
  /** Most bytes of a body; 1 MiB by default. */
  bodyLimit?: number
  /** Tries per minute and address. */
  perMinute?: number
  /** Answers hold a secret: never kept for a repeated request. */
  secret?: boolean
  handle(asked: Asked<Q, B>): Promise<R>
}

/** A route with its types inferred from its schemas. */
export function route<Q = Record<string, never>, B = undefined, R = undefined>(
  definition: Route<Q, B, R>,
): Route<unknown, unknown, unknown> {
  return definition as unknown as Route<unknown, unknown, unknown>
}

/** A resource: its routes over what the server works with. */
export type Resource = (context: Context) => Route[]
