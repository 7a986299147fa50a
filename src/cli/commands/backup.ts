import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { backUp } from '../../platform/backup.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { placeAt } from '../platform/server.ts'

/** `jenner backup FILE [--state DIR]`: also while the platform runs. */
export function define(command: Command, context: Context): void {
  command.argument('<file>').option('--state <DIR>', context.text('platform.flag.state'))
  addFlags(command, context, []).action(async (file: string, { state }: { state?: string }) => {
    const place = placeAt(state, context.env)
    const { bytes, sha256 } = await backUp(place, file).catch(error => {
      const none = error instanceof JennerError && error.code === 'bad_argument'
      throw none ? new JennerError('bad_argument', `${place.folder}: ${context.text('backup.postgres')}`) : error
    })
    await context.emit([`${context.text('backup.done', { file, bytes, sha256 })}\n`])
  })
}
