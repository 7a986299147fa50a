import { z } from 'zod'
import { type ErrorCode, JennerError } from '../../base/errors.ts'
import { translate } from '../../base/i18n/translate.ts'
import { isFull } from '../db/full.ts'
import type { Problem } from '../schemas/common.ts'

const statuses: Partial<Record<ErrorCode, number>> = {
  bad_argument: 400,
  usage: 400,
  malformed: 400,
  limit_exceeded: 413,
  unauthenticated: 401,
  forbidden: 403,
  container_protected: 403,
  target_not_found: 404,
  container_not_found: 404,
  nothing_in_force: 409,
  conflict: 409,
  too_many_requests: 429,
  not_built_yet: 501,
  store_full: 507,
  timed_out: 504,
  feed_unreachable: 502,
  docker_unreachable: 502,
  docker_denied: 502,
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  421: 'Wrong host',
  429: 'Too many requests',
  500: 'Internal error',
  501: 'Not there yet',
  502: 'Out of reach',
  504: 'Took too long',
  507: 'Disk full',
}

/** An error as RFC 9457 has it. What is not known to be harmless tells nothing of itself: that is for the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof z.ZodError) {
    const errors = error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message }))
    return { ...form(400, 'invalid'), detail: errors.map(one => `${one.path}: ${one.message}`).join('; '), errors }
  }
  if (error instanceof JennerError) {
    const status = statuses[error.code] ?? 500
    if (status === 500) return form(500, error.code)
    return { ...form(status, error.code), detail: translate('en', `error.${error.code}`, { detail: error.detail }) }
  }
  if (isFull(error)) return form(507, 'store_full')
  if (isUnreadable(error)) return form(400, 'bad_argument')
  const status = clientStatus(error)
  return status === undefined ? form(500, 'internal') : form(status, codes[status] ?? 'invalid')
}

const codes: Record<number, string> = {
  404: 'target_not_found',
  413: 'limit_exceeded',
  415: 'unsupported',
  429: 'too_many_requests',
}

function form(status: number, code: string): Problem {
  return { type: `urn:jenner:problem:${code}`, title: titles[status] ?? 'Error', status, code }
}

/** A value that PostgreSQL's types do not take: a number beyond them, a text that is no number, a zero byte (22003, 22P02, 22021, 22P05). SQLite compares whatever it is given. */
function isUnreadable(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^22(003|P02|021|P05)$/.test(code)
}

/** Fastify's own errors about what the client sent. */
function clientStatus(error: unknown): number | undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}
