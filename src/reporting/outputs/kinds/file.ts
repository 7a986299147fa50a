import { appendFile, mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import type { OutputKind } from '../model.ts'

const defaultMegabytes = 100

/** Lines of JSON in a file of the state folder's `outputs/`, for shippers that tail; a full one gets the suffix `.1`. */
export function fileKind(folder: string): OutputKind {
  return {
    kind: 'file',
    batch: 500,
    fields: [
      { key: 'name', type: 'text', required: true, example: 'alerts.jsonl' },
      { key: 'megabytes', type: 'number', required: false, example: String(defaultMegabytes) },
    ],
    open({ name, megabytes = defaultMegabytes }) {
      // Whoever may configure outputs may not write anywhere on the machine.
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(String(name)))
        throw new JennerError('bad_argument', 'name: letters, digits, dots and dashes')
      const path = join(folder, String(name))
      return {
        async send(notices) {
          try {
            await mkdir(dirname(path), { recursive: true, mode: 0o700 })
            const size = await stat(path).then(
              known => known.size,
              () => 0,
            )
            if (size > Number(megabytes) * 1024 * 1024) await rename(path, `${path}.1`)
            const lines = notices.map(({ attachment, ...plain }) => `${JSON.stringify(plain)}\n`)
            // A line that a crash or a full disk cut off must not take the next one with it.
            const broken = size > 0 && (await endOf(path)) !== '\n'
            await appendFile(path, `${broken ? '\n' : ''}${lines.join('')}`, { mode: 0o640 })
          } catch (error) {
            throw new JennerError('delivery_failed', `${path} (${(error as NodeJS.ErrnoException).code})`, error)
          }
        },
        close() {},
      }
    },
  }
}

/** The last character of a file; empty where there is none. */
async function endOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return '\n'
  try {
    const { size } = await file.stat()
    if (size === 0) return '\n'
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
    return buffer.toString('latin1')
  } finally {
    await file.close()
  }
}
