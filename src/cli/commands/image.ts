import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { registryFlags } from '../flags.ts'
import { defineScan } from '../scan-verb.ts'
import { imageTarget } from '../target.ts'

/** `jenner image IMAGE`, `jenner image --input FILE`, `jenner image --from-file FILE` */
export function define(command: Command, context: Context): void {
  defineScan(command, context, {
    argument: '[IMAGE]',
    flags: ['input', 'fromFile', 'compareBases', ...registryFlags],
    instead: (word, [settings, ...more]) => {
      if (settings === undefined || settings.fromFile.length === 0) return undefined
      const other = word ?? settings.input ?? more[0]?.output
      if (other !== undefined) throw new JennerError('usage', `${other}, --from-file ${settings.fromFile.join(',')}`)
      return import('../scan-many.ts').then(({ scanMany }) => scanMany(settings.fromFile, settings, context))
    },
    target: (word, { input }) => {
      if (word !== undefined && input !== undefined) throw new JennerError('usage', `${word}, --input ${input}`)
      if (input !== undefined) return { kind: 'archive', name: input }
      if (word === undefined) throw new JennerError('usage', context.text('cli.missing_argument', { name: 'IMAGE' }))
      return imageTarget(word)
    },
  })
}
