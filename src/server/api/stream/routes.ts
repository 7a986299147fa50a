import { identityOf, type Principal } from '../../auth/principal.ts'
import type { Context } from '../../context.ts'
import { liveTypes, type Numbered } from '../../live/bus.ts'
import { type Route, route } from '../route.ts'

const heartbeat = 15_000
/** A reader that does not keep up is let go; it comes back and asks from where it was. */
const mostWaiting = 256 * 1024
const mostStreams = 500
/** Of one caller: whoever opens one after the other must not shut the others out. */
const mostOfOne = 50

const longest = 15 * 60_000

/** Server-sent events (HTML standard, 9.2): each has an id to go on from, and a client that was away too long is told that anything may have changed. */
export function streamRoutes(context: Context): Route[] {
  let streams = 0
  const open = new Map<string, number>()
  return [
    route({
      method: 'GET',
      path: '/stream',
      access: 'viewer',
      summary: 'What changes, as it does',
      raw: 'text/event-stream',
      handle: async ({ request, reply, who }) => {
        const { raw } = reply
        const whose = identityOf(who)
        const own = open.get(whose) ?? 0
        if (streams >= mostStreams || own >= mostOfOne) return reply.code(503).header('retry-after', '5').send()
        streams++
        open.set(whose, own + 1)
        reply.hijack()
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        const write = (text: string) => {
          if (raw.writableLength > mostWaiting) raw.destroy()
          else raw.write(text)
        }
        const send = ({ number, type, id }: Numbered) =>
          write(`id: ${number}\nevent: ${type}\ndata: ${JSON.stringify({ type, id })}\n\n`)
        write('retry: 2000\n\n')
        const last = request.headers['last-event-id']
        if (last !== undefined) {
          const missed = context.bus.since(Number(last))
          if (missed) for (const event of missed) send(event)
          else for (const type of liveTypes) write(`event: ${type}\ndata: ${JSON.stringify({ type, id: '' })}\n\n`)
        }
        const stop = context.bus.listen(send)
        const end = () => raw.end()
        const opened = performance.now()
        const beat = setInterval(async () => {
          write(': \n\n')
          // Who signed out, or was sent out, must not go on listening; whoever else comes back and shows who it is.
          if (performance.now() - opened > longest || !(await isStillIn(context, who))) end()
        }, heartbeat)
        context.stopping.addEventListener('abort', end)
        raw.on('close', () => {
          streams--
          const left = (open.get(whose) ?? 1) - 1
          if (left > 0) open.set(whose, left)
          else open.delete(whose)
          stop()
          clearInterval(beat)
          context.stopping.removeEventListener('abort', end)
        })
        return reply
      },
    }),
  ]
}

async function isStillIn({ db, now }: Context, { session, tokenId }: Principal): Promise<boolean> {
  const id = session?.id ?? tokenId
  if (id === undefined) return true
  const table = session ? 'sessions' : 'tokens'
  const row = await db
    .selectFrom(table)
    .select('id')
    .where('id', '=', id)
    .where('expires', '>', now())
    .executeTakeFirst()
  return row !== undefined
}
