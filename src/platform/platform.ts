import { existsSync, rmSync } from 'node:fs'
import type { JennerError } from '../base/errors.ts'
import { keepRunning } from './child.ts'
import { claim, disclaim, makePlace, type Place } from './place.ts'
import { passesAfterCrash, startError } from './start-error.ts'

export interface PlatformOptions {
  place: Place
  /** `ADDRESS:PORT` */
  listen: string
  /** A PostgreSQL address in the place of the embedded store. */
  database?: string
  /** The advisory database, in the place of the one in the state's cache. It is read and refreshed there. */
  db?: string
  offline: boolean
  /** Address of an OpenTelemetry collector. */
  traces?: string
  /** Built files of the console. */
  consoleDir?: string
  version: string
  /** A line for the log. */
  say(line: string): void
  signal: AbortSignal
  /** The server answers: at this address, with a link while no account is set up. */
  onReady(ready: Ready): void
}

export interface Ready {
  url: string
  setupLink?: string
}

/**
 * Runs the parts of the platform, each a process of its own: the server (no rights but its folder), and the agent that watches, scans and responds (root, no port).
 * Resolves when both have ended after `signal`. Throws already_running, output_unwritable, and what keeps the server from its first start: port_in_use, cannot_listen,
 * store_in_use, store_newer, migration_failed, database_missing … A server that ran once is started again, whatever it ended of.
 */
export async function runPlatform(options: PlatformOptions): Promise<void> {
  const { place, say, signal, version } = options
  makePlace(place)
  // Its parts may still be ending, with the port and the store in their hands.
  const crashed = existsSync(place.runFile)
  claim(place)
  // What a crash left: the server makes it anew.
  rmSync(place.socket, { force: true })
  const { listen, database, db, offline, consoleDir, traces } = options
  const agentStop = new AbortController()
  const serverStop = new AbortController()
  const began = Date.now()
  let up = false
  let failure: JennerError | undefined
  const server = keepRunning({
    name: 'server',
    script: new URL('../server/server-main.ts', import.meta.url),
    // Short-lived garbage is collected early instead of being kept: a batch of alerts is some megabytes.
    flags: ['--max-semi-space-size=8'],
    order: {
      state: place.folder,
      socket: place.socket,
      cacheDir: place.cache,
      db,
      listen,
      offline,
      version,
      database,
      consoleDir,
      traces,
    },
    say,
    signal: serverStop.signal,
    onMessage: message => {
      const error = startError(message)
      if (error !== undefined) {
        if (up || (crashed && passesAfterCrash(error, Date.now() - began))) return say(`server: ${error.message}`)
        failure = error
        serverStop.abort()
        agentStop.abort()
      }
      const ready = message as Ready & { kind?: string }
      if (ready.kind !== 'ready') return
      up = true
      // Before others are told that it answers: they look for the link.
      options.onReady(ready)
      claim(place, ready.url)
    },
  })
  const agent = keepRunning({
    name: 'agent',
    script: new URL('../agent/agent-main.ts', import.meta.url),
    order: { server: { socket: place.socket }, state: place.folder, cacheDir: place.cache, version },
    say,
    signal: agentStop.signal,
  })
  // The agent's last words need the server.
  signal.addEventListener('abort', () => agentStop.abort(), { once: true })
  if (signal.aborted) agentStop.abort()
  await agent
  serverStop.abort()
  await server
  disclaim(place)
  if (failure !== undefined) throw failure
}
