import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { defineScan } from '../scan-verb.ts'

/** `jenner rootfs DIR` */
export function define(command: Command, context: Context): void {
  defineScan(command, context, { argument: '<DIR>', target: word => ({ kind: 'rootfs', name: word! }) })
}
