import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { defineAction } from '../respond-verb.ts'

/** `jenner stop CONTAINER` */
export function define(command: Command, context: Context): void {
  defineAction(command, context, 'stop')
}
