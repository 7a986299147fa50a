import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { breathing } from '../../base/breathe.ts'
import { JennerError } from '../../base/errors.ts'
import { applyDelta } from '../../scan/advisories/delta/apply.ts'
import { makeDelta } from '../../scan/advisories/delta/make.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { checkPlain, plainText } from '../plain.ts'
import { sizeText } from './db-text.ts'

/** `jenner db delta OLD NEW -o FILE` */
export function defineDelta(command: Command, context: Context): void {
  command.argument('<OLD>', context.text('db.arg.old')).argument('<NEW>', context.text('db.arg.new'))
  addFlags(command, context, ['output', 'format']).action(async (from: string, to: string) => {
    const { output, format } = context.settings(command, ['output', 'format'])
    checkPlain(format)
    if (output === undefined) throw new JennerError('usage', context.text('cli.missing_argument', { name: '-o FILE' }))
    context.endAtOnce()
    for (const path of [from, to]) if (!existsSync(path)) throw new JennerError('target_not_found', path)
    const bytes = await makeDelta(from, to)
    writeWhole(output, bytes)
    const share = (100 * bytes.length) / statSync(to).size
    const line = context.text('db.delta_made', {
      size: sizeText(bytes.length),
      share: share.toFixed(1),
      file: output,
    })
    const data = { File: output, Bytes: bytes.length, Share: share / 100 }
    await context.emit([plainText(format, data, () => `${line}\n`)])
  })
}

/** `jenner db apply BASE DELTA -o FILE`; without `-o` the base itself becomes the new one. */
export function defineApply(command: Command, context: Context): void {
  command.argument('<BASE>', context.text('db.arg.base')).argument('<DELTA>', context.text('db.arg.delta'))
  addFlags(command, context, ['output', 'format']).action(async (base: string, delta: string) => {
    const { output, format } = context.settings(command, ['output', 'format'])
    checkPlain(format)
    const to = output ?? base
    const { bytes, records, identical } = await applyDelta(base, delta, to, breathing(context.signal))
    const line = context.text('db.delta_applied', { records, size: sizeText(bytes), file: to })
    const data = { File: to, Bytes: bytes, Records: records, Identical: identical }
    await context.emit([plainText(format, data, () => `${line}\n`)])
  })
}

function writeWhole(path: string, bytes: Buffer): void {
  const fresh = `${path}.new`
  try {
    writeFileSync(fresh, bytes)
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new JennerError('output_unwritable', path, error)
  }
}
