import type { Command } from 'commander'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { plainText } from '../plain.ts'

/** `jenner version [-f json]` */
export function define(command: Command, context: Context): void {
  addFlags(command, context, ['format']).action(async () => {
    const { format } = context.settings(command, ['format'])
    const card = {
      Version: context.version,
      Node: process.versions.node,
      Platform: `${process.platform}-${process.arch}`,
    }
    await context.emit([plainText(format, card, () => `jenner ${context.version}\n`)])
  })
}
