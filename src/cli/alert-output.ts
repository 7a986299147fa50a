import { closeSync, openSync, writeSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'
import type { Context } from './context.ts'

export interface AlertOutput {
  write(line: string): void
  /** Throws output_unwritable when some lines could not be put into the file. */
  end(): void
}

/**
 * Standard output, or a file that lines are put behind: `tail -f` and log shippers may read it meanwhile. What the file does not take (the disk is full)
 * goes to standard output, so that no alert is lost; the next line tries the file again. Throws output_unwritable when it cannot be opened.
 */
export function createAlertOutput(file: string | undefined, context: Context): AlertOutput {
  if (file === undefined) return { write: line => void context.stdout.write(line), end: () => {} }
  const fd = openToAppend(file)
  let failure: Error | undefined
  let torn = ''
  return {
    write(line) {
      try {
        const bytes = Buffer.from(torn + line)
        const written = writeSync(fd, bytes)
        torn = written < bytes.length && written > 0 ? '\n' : ''
        if (written < bytes.length) throw new Error('ENOSPC')
      } catch (error) {
        if (!failure) context.say(`${file}: ${(error as Error).message}`)
        failure = error as Error
        context.stdout.write(line)
      }
    },
    end() {
      closeSync(fd)
      if (failure) throw new JennerError('output_unwritable', `${file} (${failure.message})`, failure)
    },
  }
}

function openToAppend(file: string): number {
  try {
    return openSync(file, 'a', 0o640)
  } catch (error) {
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}
