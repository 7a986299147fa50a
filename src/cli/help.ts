import type { Command } from 'commander'
import { padEnd } from '../base/text.ts'
import type { Context, Verb } from './context.ts'
import { examples } from './help-examples.ts'

/** `jenner --help`: what works, then what is promised. */
export function overviewText(context: Context): string {
  const built = context.verbs.filter(({ load }) => load !== undefined)
  const planned = context.verbs.filter(({ load }) => load === undefined)
  const rows = (list: readonly Verb[]): string[] =>
    table(list.map(({ name, aliases, title }) => [[name, ...(aliases ?? [])].join('|'), context.text(title)]))
  return [
    context.text('cli.tagline'),
    '',
    `${context.text('cli.usage')} jenner <${context.text('cli.verb')}> [--help]`,
    '',
    `${context.text('cli.verbs')}`,
    ...rows(built),
    '',
    context.text('cli.planned'),
    ...rows(planned),
    '',
    context.text('cli.first_steps'),
    '  jenner demo',
    '  jenner image NAME',
    '  jenner fs . --severity HIGH,CRITICAL --exit-code 1',
    '',
  ].join('\n')
}

/** `jenner VERB --help` */
export function helpText(command: Command, context: Context): string {
  const path = commandPath(command)
  const help = command.createHelp()
  const parts = command.registeredArguments.map(argument => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  if (command.commands.length > 0) parts.push(`<${context.text('cli.verb')}>`)
  const lines = [
    command.description(),
    '',
    `${context.text('cli.usage')} ${[path, ...parts].join(' ')} [${context.text('cli.flags')}]`,
  ]
  const section = (title: string, rows: [string, string][]): void => {
    if (rows.length > 0) lines.push('', title, ...table(rows))
  }
  section(
    context.text('cli.verbs'),
    command.commands.map(child => [child.name(), child.description()]),
  )
  section(
    context.text('cli.arguments'),
    help.visibleArguments(command).map(argument => [argument.name(), argument.description]),
  )
  section(
    context.text('cli.flags_title'),
    help.visibleOptions(command).map(option => [option.flags, option.description]),
  )
  const shown = examples[path]
  if (shown !== undefined) lines.push('', context.text('cli.examples'), ...shown.map(line => `  ${line}`))
  return `${lines.join('\n')}\n`
}

/** `jenner db build` */
export function commandPath(command: Command): string {
  return command.parent ? `${commandPath(command.parent)} ${command.name()}` : command.name()
}

function table(rows: [string, string][]): string[] {
  const width = Math.min(34, Math.max(...rows.map(([name]) => name.length)))
  return rows.map(([name, title]) => `  ${padEnd(name, width)}  ${title}`.trimEnd())
}
