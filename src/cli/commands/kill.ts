import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { defineAction } from '../respond-verb.ts'

/** `jenner kill CONTAINER` */
export function define(command: Command, context: Context): void {
  defineAction(command, context, 'kill')
}
