import { z } from 'zod'
import { problem } from '../schemas/common.ts'
import { apiPrefix } from './mount.ts'
import type { Route } from './route.ts'

/** The API as OpenAPI 3.1, from the routes themselves and the schemas that check them. */
export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of routes) {
    const path = `${apiPrefix}${one.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] ??= {}
    paths[path][one.method.toLowerCase()] = operationOf(one)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Jenner', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-jenner' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operationOf(one: Route): Record<string, unknown> {
  const status = String(one.status ?? (one.response || one.raw ? 200 : 204))
  const content = one.raw
    ? { [one.raw]: {} }
    : one.response && { 'application/json': { schema: schemaOf(one.response, 'output') } }
  return {
    summary: one.summary,
    operationId: `${one.method.toLowerCase()}${one.path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [one.path.split('/')[1]],
    'x-access': one.access,
    ...(one.access !== 'public' && { security: [{ session: [] }, { token: [] }] }),
    parameters: [...pathParameters(one.path), ...queryParameters(one.query)],
    ...(one.binary && { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    ...(one.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(one.body, 'input') } } },
    }),
    responses: {
      [status]: { description: one.summary, ...(content && { content }) },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined): unknown[] {
  if (!query) return []
  const { properties = {} } = schemaOf(query, 'input') as { properties?: Record<string, unknown> }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    explode: false,
    schema: Object.keys(schema as object).length > 0 ? schema : { type: 'string' },
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })
  return rest
}
