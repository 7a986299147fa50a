import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { found } from '../found.ts'
import { type Route, route } from '../route.ts'

/** Evidence holds copies of 256 MiB at most, beside what describes them. */
const maxBytes = 1 << 30

/**
 * Opens a file of evidence: `ref` is what the agent calls it. Undefined when it is not in this server's state folder (an agent of another machine keeps its own), and for
 * whatever is no plain file of that folder: a name comes from an agent, and must not lead anywhere else.
 */
async function openEvidence(state: string, ref: string): Promise<{ file: FileHandle; size: number } | undefined> {
  const folder = join(resolve(state), 'evidence')
  if (dirname(resolve(ref)) !== folder || !/^[\w-]{1,200}\.tar$/.test(basename(ref))) return undefined
  const path = join(folder, basename(ref))
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (file === undefined) return undefined
  const stats = await file.stat()
  if (stats.isFile() && stats.size <= maxBytes) return { file, size: stats.size }
  await file.close()
  return undefined
}

/** Size and hash of a file of evidence as it is now; 0 and '' where the server cannot read it. */
export async function sealOf(
  { state }: Pick<Context, 'state'>,
  ref: string,
): Promise<{ size: number; sha256: string }> {
  const opened = await openEvidence(state, ref)
  if (opened === undefined) return { size: 0, sha256: '' }
  try {
    return { size: opened.size, sha256: await digestOf(opened.file) }
  } finally {
    await opened.file.close()
  }
}

async function digestOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export function evidenceRoute(context: Context): Route {
  return route({
    method: 'GET',
    path: '/incidents/:id/evidence/:evidenceId',
    access: 'analyst',
    summary: 'A file of evidence, as it was when it was taken; one that was changed since is refused',
    raw: 'application/x-tar',
    audit: 'evidence.read',
    handle: async ({ params, reply }) => {
      const row = found(
        await context.db
          .selectFrom('evidence')
          .selectAll()
          .where('incident_id', '=', params.id!)
          .where('id', '=', params.evidenceId!)
          .executeTakeFirst(),
        'evidence',
      )
      const opened = await openEvidence(context.state, row.name)
      if (opened === undefined) throw new JennerError('target_not_found', 'evidence')
      const { file, size } = opened
      try {
        if ((await digestOf(file)) !== row.sha256) throw new JennerError('conflict', `sha256 ${row.sha256}`)
      } catch (error) {
        await file.close()
        throw error
      }
      void reply.header('content-disposition', `attachment; filename="${basename(row.name)}"`)
      void reply.header('content-length', size)
      // Exactly the bytes that were hashed, whatever is appended meanwhile.
      const stream = file.createReadStream({ start: 0, end: Math.max(0, size - 1) })
      return reply.type('application/x-tar').send(stream) as unknown as undefined
    },
  })
}
