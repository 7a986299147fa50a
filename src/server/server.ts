import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { JennerError } from '../base/errors.ts'
import { routesOf } from './api/index.ts'
import { createAudit } from './audit/audit.ts'
import { createSeal, deriveKey, openKey } from './auth/seal.ts'
import { createLink, setupNeeded } from './auth/users.ts'
import type { Context, Log } from './context.ts'
import { openStore } from './db/open.ts'
import { createApp } from './http/app.ts'
import { openCertificate } from './http/tls.ts'
import { createQueue } from './jobs/queue.ts'
import { noteEnd, startScheduler } from './jobs/scheduler.ts'
import { createVerdicts } from './judge/verdicts.ts'
import { createBus } from './live/bus.ts'
import { openMetrics } from './metrics.ts'
import { startNotifying } from './notify/service.ts'
import { writeReport } from './report/report.ts'
import { openSettings } from './settings.ts'
import { startTracing } from './traces.ts'
import { version } from './version.ts'

export interface ServerOptions {
  /** Folder of the store, keys and certificates; made with mode 0700. */
  state: string
  /** `ADDRESS:PORT`; port 0 takes any. `127.0.0.1:7070` by default. Other than loopback: HTTPS. */
  listen?: string
  /** Path of the Unix socket; whoever reaches it administers. */
  socket?: string
  /** `postgresql://…`; the embedded SQLite in `state` without it. */
  database?: string
  /** Nothing is fetched. */
  offline?: boolean
  /** Folder of the built console. */
  consoleDir?: string
  /** Names by which browsers reach this server, besides the machine's own. */
  hosts?: readonly string[]
  /** Where the advisory database stands; see `chooseAdvisories`. */
  advisories?: { db?: string; cacheDir?: string }
  /** Address of an OpenTelemetry collector that hears of every job. */
  traces?: string
  now?: () => number
  log?: Log
  /** Called when the server cannot go on (the right to the store was lost). */
  onFatal?: (error: JennerError) => void
}

export interface RunningServer {
  /** `http://127.0.0.1:7070`. */
  url: string
  /** Where the first administrator sets the password, good once; absent when there is one. */
  setupLink?: string
  context: Context
  close(): Promise<void>
}

/**
 * Starts the server: store, jobs, API, console.
 * Throws JennerError store_in_use, store_newer, migration_failed, port_in_use, cannot_listen.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const stop = new AbortController()
  mkdirSync(options.state, { recursive: true, mode: 0o700 })
  const { address, port } = parseListen(options.listen ?? '127.0.0.1:7070')
  const tls = isLoopback(address)
    ? undefined
    : await openCertificate(options.state, address, (options.now ?? Date.now)())
  const context = await createContext(options, stop.signal, tls !== undefined)
  const sockets = new WeakSet<Socket>()
  const servers: Server[] = []
  const close = async () => {
    stop.abort()
    scheduler?.stop()
    context.notifying?.stop()
    await stopTracing?.().catch(() => {})
    for (const server of servers) server.closeAllConnections()
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
    await app?.close()
    await context.verdicts.close()
    if (scheduler) await noteEnd(context).catch(() => {})
    context.bus.close()
    if (options.socket) rmSync(options.socket, { force: true })
    await context.store.close()
  }
  let app: FastifyInstance | undefined
  let stopTracing: (() => Promise<void>) | undefined
  let scheduler: ReturnType<typeof startScheduler> | undefined
  try {
    const metrics = openMetrics(context)
    context.metrics = metrics
    app = await createApp(context, {
      routes: routesOf(context),
      consoleDir: options.consoleDir,
      tls,
      hosts: [hostname().toLowerCase(), address.toLowerCase(), ...(options.hosts ?? []).map(one => one.toLowerCase())],
      isLocal: request => sockets.has(request.raw.socket),
      ready: async () => void (await context.db.selectFrom('meta').select('key').limit(1).execute()),
      metrics,
    })
    if (options.socket) servers.push(await listenOnSocket(app, options.socket, sockets))
    const url = await listenOnAddress(app, address, port)
    context.links.base = url
    context.notifying = startNotifying(context)
    if (options.traces) stopTracing = await startTracing(context, options.traces)
    scheduler = startScheduler(context, { report: writeReport })
    if (!(await setupNeeded(context.db))) return { url, context, close }
    const { path } = await createLink(context, '', 'setup')
    return { url, setupLink: `${url}${path}`, context, close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

async function createContext(options: ServerOptions, stopping: AbortSignal, secure: boolean): Promise<Context> {
  const { state, database, offline = false, now = Date.now, log = () => {}, advisories = {} } = options
  const key = openKey(state)
  const store = await openStore({
    state,
    ...(database && { database }),
    onCopy: copy => log('info', 'the store was copied before its schema is changed', { copy }),
    onLost: () => options.onFatal?.(new JennerError('store_in_use', 'postgresql')),
  })
  const { db } = store
  const bus = createBus()
  const context = {
    version,
    startedAt: now(),
    state,
    store,
    db,
    now,
    log,
    bus,
    seal: createSeal(db, key),
    audit: createAudit(db, deriveKey(key, 'audit'), now),
    queue: createQueue({ db, kind: store.kind, now, bus, stopping }),
    offline,
    advisories,
    links: { base: '' },
    secure,
    stopping,
  }
  const settings = await openSettings(db)
  const verdicts = createVerdicts({ ...context, settings })
  return { ...context, settings, verdicts }
}

async function listenOnAddress(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new JennerError('port_in_use', `${host}:${port}`, cause)
    throw new JennerError('cannot_listen', `${host}:${port} (${code})`, cause)
  }
}

/** The same application on a socket of the state folder. Its permissions are who may: the folder is 0700, the socket 0600. */
async function listenOnSocket(app: FastifyInstance, path: string, sockets: WeakSet<Socket>): Promise<Server> {
  await removeStale(path)
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 }, (request, response) =>
    app.routing(request, response),
  )
  server.on('connection', socket => sockets.add(socket))
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    chmodSync(path, 0o600)
    return server
  } catch (cause) {
    throw new JennerError('output_unwritable', path, cause)
  } finally {
    process.umask(before)
  }
}

/** A socket that nobody answers on is left of a server that was killed. Anything else of that name stays. */
async function removeStale(path: string): Promise<void> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isSocket()) throw new JennerError('output_unwritable', path)
  const answered = await new Promise<boolean>(resolve => {
    const probe = connect(path, () => resolve(true)).on('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
  if (answered) throw new JennerError('store_in_use', path)
  rmSync(path)
}

/** `127.0.0.1:7070`, `[::1]:7070`, `:7070` (all addresses). Throws JennerError usage. */
export function parseListen(listen: string): { address: string; port: number } {
  const [, v6, name, port] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*)):(\d{1,5})$/i.exec(listen) ?? []
  if (port === undefined || Number(port) > 65_535) throw new JennerError('usage', `--listen ${listen}`)
  return { address: v6 ?? (name || '0.0.0.0'), port: Number(port) }
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)
}
