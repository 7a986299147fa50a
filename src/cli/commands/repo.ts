import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { defineScan } from '../scan-verb.ts'

/** `jenner repo DIR`; fetching a URL is still to come. */
export function define(command: Command, context: Context): void {
  defineScan(command, context, {
    argument: '<DIR>',
    target: word => {
      if (/^(https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(word!))
        throw new JennerError('not_built_yet', 'jenner repo URL')
      return { kind: 'repo', name: word! }
    },
  })
}
