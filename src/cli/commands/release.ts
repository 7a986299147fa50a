import type { Command } from 'commander'
import { escapeText } from '../../base/text.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { jsonAsked, openHouse } from '../respond-verb.ts'

/** `jenner release CONTAINER`: undoes all that is in force, the last first. Exit 1 when something could not be undone. */
export function define(command: Command, context: Context): void {
  command
    .argument('<container>', context.text('respond.container'))
    .option('--reason <TEXT>', context.text('respond.flag.reason'))
    .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(command, context, ['format']).action(async (container: string, own: { reason?: string; state?: string }) => {
    const json = jsonAsked(command, context)
    const responder = openHouse(own.state, context)
    try {
      const result = await responder.release(container, own.reason)
      if (result.failed.length > 0) context.exitCode = 1
      const name = escapeText(result.container.name)
      const lines = [
        ...result.undone.flatMap(({ action, lines }) => [
          context.text('respond.released', { name, action }),
          ...lines.map(line => `  ${escapeText(line)}`),
        ]),
        ...result.failed.map(({ action, error }) =>
          context.text('respond.release_failed', { name, action, error: escapeText(error) }),
        ),
      ]
      await context.emit([json ? `${JSON.stringify(result, null, 2)}\n` : `${lines.join('\n')}\n`])
    } finally {
      responder.close()
    }
  })
}
