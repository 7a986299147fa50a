import type { Command } from 'commander'
import type { Language, MessageKey } from '../base/i18n/translate.ts'
import type { FlagName, Settings } from './flags.ts'

/** What a command may touch of the world around it: everything else is passed in as arguments. */
export interface Context {
  language: Language
  version: string
  /** The sentence of `key` in the user's language. */
  text(key: MessageKey, values?: Record<string, string | number>): string
  /** Effective values of these flags (flag > JENNER_* > jenner.yaml > default), parsed and checked; throws JennerError usage. */
  settings<Name extends FlagName>(command: Command, names: readonly Name[]): Pick<Settings, Name>
  /** Writes a result: to standard output, or atomically to `file`. */
  emit(chunks: Iterable<string>, file?: string): Promise<void>
  /** One line for the user on standard error, unless --quiet. Foreign text in it is escaped here. */
  say(line: string): void
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
  /** Aborted by SIGINT or SIGTERM. */
  signal: AbortSignal
  /** Said by a verb that has nothing to put in order when it ends, and may compute for long: an interrupt then ends the process at once, as it does any program. */
  endAtOnce(): void
  /** Every verb there is, for those that speak of the others. */
  verbs: readonly Verb[]
  /** The verb that was called, with its sub-verb: `db build`. */
  called?: string
  /** Set by a command that runs until it is asked to end: then an interrupt is no failure, and `exitCode` holds. */
  endsWhenAsked?: boolean
  /** What the process ends with; a command that found nothing to complain about leaves it 0. */
  exitCode: number
}

/**
 * A verb's module, `commands/<verb>.ts`, exports `define`. It adds arguments, flags (`addFlags`) and sub-verbs to the prepared
 * `command`, and an action. The action sets `context.exitCode` where it is not 0 and throws JennerError for whatever stops it.
 */
export interface CommandModule {
  define(command: Command, context: Context): void
}

/** One verb of the command. Without `load` it is promised by the contract but not built yet: it says so and exits 4. */
export interface Verb {
  name: string
  aliases?: string[]
  title: MessageKey
  load?: () => Promise<CommandModule>
}
