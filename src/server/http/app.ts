import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { networkOf } from '../../base/address.ts'
import { JennerError } from '../../base/errors.ts'
import type { Metrics } from '../../reporting/metrics/metrics.ts'
import { callerOf, mount } from '../api/mount.ts'
import { openApi } from '../api/openapi.ts'
import { problemOf } from '../api/problem.ts'
import type { Route } from '../api/route.ts'
import { allows } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../schemas/common.ts'
import { serveConsole } from './console.ts'
import { type GuardOptions, guard } from './guard.ts'

export interface AppOptions extends GuardOptions {
  routes: readonly Route[]
  consoleDir: string | undefined
  tls: { key: string; cert: string } | undefined
  ready: () => Promise<void>
  metrics: Metrics
}

const timeouts = { headersTimeout: 10_000, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 5000 }

/** The HTTP side: headers, limits, guards, then the routes. */
export async function createApp(context: Context, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: 1024 * 1024,
    // Headers in 10 s, a whole request in 2 minutes: whoever sends a byte now and then is let go.
    connectionTimeout: 0,
    requestTimeout: 120_000,
    ...(options.tls ? { https: { ...options.tls, ...timeouts } } : { http: timeouts }),
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 500, ignoreDuplicateSlashes: false, caseSensitive: true },
    forceCloseConnections: true,
    logger: false,
    // An address that cannot be decoded reaches no route and no error handler.
    frameworkErrors: (error: Error, _: FastifyRequest, reply: FastifyReply) => sendProblem(reply, problemOf(error)),
    genReqId: () => '',
  } as Parameters<typeof fastify>[0]) as unknown as FastifyInstance
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500)
      context.log('error', 'request failed', {
        method: request.method,
        route: routeOf(request),
        error: describe(error),
      })
    const wait = (error as { headers?: Record<string, string> }).headers?.['retry-after']
    if (wait) reply.header('retry-after', wait)
    return sendProblem(reply, problem)
  })
  // A route that takes no bytes refuses them by its schema; the limit is the route's.
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  await secure(app, options)
  await app.register(fastifyCookie)
  guard(app, context, options)
  for (const one of options.routes) mount(app, context, one)
  const document = JSON.stringify(openApi(options.routes, context.version))
  app.get('/api/v1/openapi.json', async (_, reply) => reply.type('application/json').send(document))
  app.get('/healthz', async (_, reply) => reply.send({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    await options.ready()
    return reply.send({ status: 'ready' })
  })
  serveMetrics(app, options.metrics)
  await serveConsole(app, options.consoleDir)
  await app.ready()
  return app
}

/** For Prometheus: with a token of scope `metrics`, or as anybody who may read. */
function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.request(routeOf(request), request.method, reply.statusCode, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (request, reply) => {
    const { who } = callerOf(request)
    if (!allows('metrics', who)) throw new JennerError(who ? 'forbidden' : 'unauthenticated')
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}

async function secure(app: FastifyInstance, options: AppOptions): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library sets its theme by a style element.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    // A certificate signed by itself under HSTS would lock the keeper out of a browser.
    hsts: false,
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  await app.register(fastifyRateLimit, {
    global: true,
    max: 1200,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: request => (request.ip ? networkOf(request.ip) : 'socket'),
    allowList: request => options.isLocal(request),
    errorResponseBuilder: () => new JennerError('too_many_requests'),
  })
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? ''
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error)
}
