import { spawn } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { makePlace, type Place, runningAt } from '../../platform/place.ts'
import { runPlatform } from '../../platform/platform.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { consoleFiles } from '../platform/console.ts'
import { sayBeginnings } from '../platform/first-minute.ts'
import { placeAt } from '../platform/server.ts'

interface Options {
  state?: string
  listen?: string
  detach?: boolean
  database?: string
}

/** `jenner up [--state DIR] [--listen ADDRESS:PORT] [-d] [--offline] [--db FILE] [--database URL]`; JENNER_STATE, JENNER_LISTEN and JENNER_DATABASE where a flag is not given. */
export function define(command: Command, context: Context): void {
  command
    .option('--state <DIR>', context.text('platform.flag.state'))
    .option('--listen <ADDRESS:PORT>', context.text('platform.flag.listen'))
    .option('--detach', context.text('platform.flag.detach'))
    .option('--database <URL>', context.text('platform.flag.database'))
  addFlags(command, context, ['offline', 'db']).action((options: Options & { debug?: boolean }) =>
    up(options, command, context),
  )
}

async function up(options: Options, command: Command, context: Context): Promise<void> {
  const { offline, db } = context.settings(command, ['offline', 'db'])
  if (db !== undefined && !existsSync(db)) throw new JennerError('database_missing', db)
  const listen = options.listen ?? (context.env.JENNER_LISTEN || '127.0.0.1:7070')
  checkListen(listen)
  const place = placeAt(options.state, context.env)
  const other = runningAt(place)
  if (other !== undefined) throw new JennerError('already_running', `${place.folder} (pid ${other.pid}, ${other.url})`)
  // Docker's hand: -d is "in the background" here, not --debug.
  if (options.detach === true || process.argv.includes('-d')) return detach(place, context)
  const started = performance.now()
  context.say(context.text('platform.starting', { version: context.version, folder: place.folder }))
  if (process.getuid?.() !== 0) context.say(context.text('platform.notRoot'))
  makePlace(place)
  const consoleDir = await consoleFiles(context)
  const database = options.database ?? (context.env.JENNER_DATABASE || undefined)
  // The standard's own names: whoever has a collector has them set.
  const traces = context.env.OTEL_EXPORTER_OTLP_ENDPOINT
  await runPlatform({
    place,
    listen,
    offline,
    version: context.version,
    signal: context.signal,
    say: context.say,
    ...(db !== undefined && { db: resolve(db) }),
    ...(database !== undefined && { database }),
    ...(traces !== undefined && traces !== '' && { traces }),
    ...(consoleDir !== undefined && { consoleDir }),
    onReady: ready => void sayBeginnings(place, ready, started, context),
  })
  context.say(context.text('platform.down'))
  context.endsWhenAsked = true
}

/** `127.0.0.1:7070`, `[::1]:7070`, `:7070` for all addresses. */
function checkListen(listen: string): void {
  const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^:[\]]*):(\d{1,5})$/.exec(listen)?.[1] ?? Number.NaN)
  if (!(port <= 65_535)) throw new JennerError('usage', `--listen ${listen} (ADDRESS:PORT)`)
}

/** Starts the same command again without a terminal, and waits until it answers. */
async function detach(place: Place, context: Context): Promise<void> {
  makePlace(place)
  const log = openSync(place.log, 'a', 0o600)
  const { size: before } = fstatSync(log)
  const words = process.argv.slice(2).filter(word => word !== '-d' && word !== '--detach')
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    detached: true,
    stdio: ['ignore', log, log],
    env: context.env,
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  for (let tries = 0; tries < 1200; tries++) {
    const running = runningAt(place)
    if (running !== undefined && running.url !== '') {
      child.unref()
      context.say(context.text('platform.detached', { pid: child.pid ?? 0, log: place.log }))
      context.say(context.text('platform.console', { url: running.url }))
      if (existsSync(place.setupFile)) context.say(context.text('platform.setupFile', { file: place.setupFile }))
      return
    }
    const code = await Promise.race([
      ended,
      new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), 100)),
    ])
    if (code !== undefined) {
      for (const line of linesSince(place.log, before)) context.say(line)
      context.exitCode = code || 1
      return
    }
    context.signal.throwIfAborted()
  }
  throw new JennerError('timed_out', place.log)
}

/** The last lines that a log got since it was `before` bytes long: why what was started has ended. */
function linesSince(log: string, before: number): string[] {
  const fd = openSync(log, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(64 << 10, Math.max(0, fstatSync(fd).size - before)))
    const got = readSync(fd, bytes, 0, bytes.length, before)
    return bytes.toString('utf8', 0, got).trim().split('\n').slice(-10)
  } finally {
    closeSync(fd)
  }
}
