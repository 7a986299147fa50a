import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { gitFlags } from '../flags.ts'
import { defineScan } from '../scan-verb.ts'

/** `jenner repo URL|DIR` */
export function define(command: Command, context: Context): void {
  defineScan(command, context, {
    argument: '<URL|DIR>',
    flags: [...gitFlags],
    target: (word, { history, scanners }) => {
      if (history && !scanners.includes('secret')) throw new JennerError('usage', '--history: --scanners secret')
      return { kind: 'repo', name: word! }
    },
  })
}
