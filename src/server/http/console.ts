import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { JennerError } from '../../base/errors.ts'

/**
 * The console's files, compressed ones where the build made them. Whatever is neither a file nor of the API is a screen of the console: its index answers. Files under
 * `/assets/` have their content's hash in their names and may be kept for ever.
 */
export async function serveConsole(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const root = folder && resolve(folder)
  const built = root !== undefined && existsSync(join(root, 'index.html'))
  if (built)
    await app.register(fastifyStatic, {
      root,
      preCompressed: true,
      wildcard: true,
      index: 'index.html',
      cacheControl: false,
      dotfiles: 'deny',
      setHeaders: (reply, path) => {
        const forever = path.startsWith(join(root, 'assets'))
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0]!
    const screen = request.method === 'GET' && !/^\/(?:api|assets|metrics|healthz|readyz)(?:\/|$)/.test(path)
    // Files stand at the root or under assets; deeper down a dot is part of a name: /rules/Read%20x.conf, ?q=nginx.conf.
    if (!built || !screen || /^\/[^/]*\.[a-z0-9]{1,8}$/i.test(path)) throw new JennerError('target_not_found', 'route')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
