import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { defineScan } from '../scan-verb.ts'

/** `jenner sbom FILE`, `jenner sbom -` */
export function define(command: Command, context: Context): void {
  defineScan(command, context, { argument: '<FILE>', target: word => ({ kind: 'sbom', name: word! }) })
}
