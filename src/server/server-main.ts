import { JennerError } from '../base/errors.ts'
import { type ServerOptions, startServer } from './server.ts'

/** What the process that starts this one orders, as its first message: settings and secrets are never in argv. */
interface Order
  extends Pick<
    ServerOptions,
    'state' | 'socket' | 'listen' | 'offline' | 'database' | 'consoleDir' | 'hosts' | 'traces'
  > {
  cacheDir?: string
  /** The advisory database, when it is not the one in `cacheDir`. */
  db?: string
}

process.once('message', (order: Order) => {
  void run(order)
})

/** The server as a process of its own. Tells `{ kind: 'ready', url, setupLink? }`, or `{ kind: 'failed', code, detail }` when it cannot start; ends in order on SIGTERM, or when its parent is gone. */
async function run({ cacheDir, db, ...order }: Order): Promise<void> {
  try {
    const server = await startServer({
      ...order,
      advisories: { ...(cacheDir !== undefined && { cacheDir }), ...(db !== undefined && { db }) },
      log: (level, text, more = {}) => {
        if (level !== 'debug') console.error(JSON.stringify({ level, text, ...more }))
      },
      onFatal: error => {
        console.error(error.message)
        process.exit(1)
      },
    })
    const { url, setupLink } = server
    process.send?.({ kind: 'ready', url, ...(setupLink !== undefined && { setupLink }) })
    let ending = false
    const end = async () => {
      if (ending) return
      ending = true
      await server.close().catch(error => console.error(String(error)))
      process.exit(0)
    }
    process.on('SIGTERM', () => void end())
    process.on('SIGINT', () => void end())
    process.on('disconnect', () => void end())
  } catch (error) {
    if (!(error instanceof JennerError) || process.send === undefined) {
      console.error(error instanceof Error ? error.message : String(error))
      process.exit(1)
    }
    const { code, detail } = error
    process.send({ kind: 'failed', code, detail }, () => process.exit(1))
  }
}
