import { readFileSync, statSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'

const maxBytes = 512 * 1024 * 1024

/** A file's text, `-` for standard input. Throws JennerError target_not_found, target_unreadable, limit_exceeded. */
export function readText(file: string): string {
  try {
    if (file !== '-' && statSync(file).size > maxBytes) throw new JennerError('limit_exceeded', `${file}: > 512 MiB`)
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    if (error instanceof JennerError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError(code === 'ENOENT' ? 'target_not_found' : 'target_unreadable', file, error)
  }
}
