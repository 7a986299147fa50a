import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { restore } from '../../platform/backup.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { placeAt } from '../platform/server.ts'

interface Options {
  state?: string
  yes?: boolean
}

/** `jenner restore FILE [--state DIR] [--yes]`: while the platform does not run. */
export function define(command: Command, context: Context): void {
  command
    .argument('<file>')
    .option('--state <DIR>', context.text('platform.flag.state'))
    .option('-y, --yes', context.text('platform.flag.yes'))
  addFlags(command, context, []).action(async (file: string, { state, yes }: Options) => {
    const place = placeAt(state, context.env)
    const { folder } = place
    if (!existsSync(file)) throw new JennerError('target_not_found', file)
    if (existsSync(join(folder, 'jenner.db')) && yes !== true)
      throw new JennerError('bad_argument', context.text('restore.exists', { folder }))
    const files = restore(place, file)
    await context.emit([`${context.text('restore.done', { folder, files })}\n`])
  })
}
