import { type Command, Option } from 'commander'
import type { Context } from './context.ts'
import { commonFlags, dashed, type Flag, type FlagName, flags } from './flags.ts'

/** What the command line said, flag by flag, as text: parts of lists joined by commas. */
export type Given = Map<FlagName, string>

const given = new WeakMap<Command, Given>()

/** Lets `command` take these flags beside the common ones. Their values are asked for with `context.settings(command, names)`. */
export function addFlags(command: Command, context: Pick<Context, 'text'>, names: readonly FlagName[]): Command {
  for (const name of new Set([...names, ...commonFlags])) {
    const flag: Flag<unknown> = flags[name]
    // Only a verb that writes reports has all their formats.
    const title = name === 'format' && !names.includes('template') ? 'flag.formatPlain' : flag.title
    addOption(command, name, flag, dashed(name), context.text(title))
    for (const synonym of flag.synonyms ?? []) addOption(command, name, { ...flag, short: undefined }, synonym)
  }
  return command
}

export function givenFlags(command: Command): Given {
  return given.get(command) ?? new Map()
}

function addOption(command: Command, name: FlagName, flag: Flag<unknown>, spelling: string, title?: string): void {
  const short = flag.short === undefined ? '' : `-${flag.short}, `
  const option = new Option(
    `${short}--${spelling}${flag.placeholder === undefined ? '' : ` <${flag.placeholder}>`}`,
    title,
  )
  if (title === undefined) option.hideHelp()
  command.addOption(option)
  command.on(`option:${option.name()}`, (value: string | null) => {
    const known = given.get(command) ?? new Map<FlagName, string>()
    const before = flag.list ? known.get(name) : undefined
    known.set(name, [before, value ?? 'true'].filter(part => part !== undefined).join(flag.separator ?? ','))
    given.set(command, known)
  })
}
