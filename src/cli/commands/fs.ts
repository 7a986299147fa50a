import { statSync } from 'node:fs'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { defineScan } from '../scan-verb.ts'

/** `jenner fs DIR` */
export function define(command: Command, context: Context): void {
  defineScan(command, context, {
    argument: '<DIR>',
    target: word => {
      if (isArchive(word!)) context.say(context.text('cli.looks_like_image', { file: word! }))
      return { kind: 'fs', name: word! }
    },
  })
}

/** A file is scanned as it is, and what a saved image holds is not seen then. */
function isArchive(word: string): boolean {
  return /\.(?:tar|tar\.gz|tgz|tar\.zst)$/.test(word) && statSync(word, { throwIfNoEntry: false })?.isFile() === true
}
