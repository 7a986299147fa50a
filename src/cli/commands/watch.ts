import { closeSync, openSync, writeSync } from 'node:fs'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { paint, type Style, type Terminal, terminalOf } from '../../base/terminal.ts'
import { escapeText } from '../../base/text.ts'
import { libraryTexts } from '../../runtime/rules/library.ts'
import type { JudgeMessage } from '../../runtime/watch/judge.ts'
import { startKernelSensor } from '../../runtime/watch/sensor.ts'
import { type Loss, runSession, type SessionEnd } from '../../runtime/watch/session.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { startResponses } from '../respond-watch.ts'
import { mustLoad, readRuleFiles } from './rule-files.ts'

interface Options {
  rules?: string[]
  host?: boolean
  state?: string
}

const gather = (value: string, before: string[] = []) => [...before, value]

/** `jenner watch [-r FILE…] [-f json|table] [--host] [-o FILE]`: alerts as they come, until interrupted. */
export function define(command: Command, context: Context): void {
  command
    .option('-r, --rules <FILE>', context.text('watch.rules'), gather)
    .option('--host', context.text('watch.host'))
    .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(command, context, ['format', 'output']).action((options: Options) => watch(options, command, context))
}

async function watch(options: Options, command: Command, context: Context): Promise<void> {
  const { format, output, noColor } = context.settings(command, ['format', 'output', 'noColor'])
  if (format !== 'table' && format !== 'json') throw new JennerError('usage', '--format: table, json')
  const rules = options.rules ? readRuleFiles(options.rules) : libraryTexts()
  const count = mustLoad(rules).rules.filter(({ source, enabled }) => source === 'syscall' && enabled).length
  if (count === 0) throw new JennerError('usage', context.text('watch.noRules'))
  if (process.getuid?.() !== 0) throw new JennerError('unsupported', context.text('watch.needsRoot'))
  const responses = await startResponses(options.state, context)
  const out = createOutput(output, context)
  const terminal = output === undefined ? terminalOf(context.stdout, context.env, noColor) : { colors: false }
  const host = options.host === true
  const end = await runSession({
    start: startKernelSensor,
    judge: { rules },
    host,
    signal: context.signal,
    onLosses: losses => {
      sayLosses(losses, context)
      const where = context.text(host ? 'watch.everything' : 'watch.containers')
      context.say(context.text('watch.started', { rules: count, where }))
    },
    onMessage: message => {
      if (message.kind === 'alert') {
        responses.onAlert(message.alert)
        out.write(format === 'json' ? `${JSON.stringify(message.alert)}\n` : textLine(message, terminal))
      } else if (message.kind === 'held') sayHeld(message, context)
      else if (message.kind === 'fault')
        context.say(context.text('watch.fault', { type: message.type, reason: message.reason }))
    },
  }).finally(responses.stop)
  await out.end()
  sayEnd(end, context)
  if (end.broke !== undefined) throw new JennerError('internal', end.broke)
}

interface Output {
  write(line: string): void
  end(): Promise<void>
}

/** Standard output, or a file that lines are put behind: `tail -f` and log shippers may read it meanwhile. */
function createOutput(file: string | undefined, context: Context): Output {
  if (file === undefined) return { write: line => void context.stdout.write(line), end: async () => {} }
  let fd: number
  try {
    fd = openSync(file, 'a', 0o640)
  } catch (error) {
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
  let failure: Error | undefined
  let torn = ''
  return {
    // What the file does not take goes to standard output: no alert is lost to a full disk. The next one tries the file again.
    write(line) {
      try {
        const bytes = Buffer.from(torn + line)
        const written = writeSync(fd, bytes)
        torn = written < bytes.length && written > 0 ? '\n' : ''
        if (written < bytes.length) throw new Error('ENOSPC')
      } catch (error) {
        if (!failure) context.say(`${file}: ${(error as Error).message}`)
        failure = error as Error
        context.stdout.write(line)
      }
    },
    end: async () => {
      closeSync(fd)
      if (failure) throw new JennerError('output_unwritable', `${file} (${failure.message})`, failure)
    },
  }
}

const styles: Record<string, Style> = {
  Emergency: 'red',
  Alert: 'red',
  Critical: 'red',
  Error: 'red',
  Warning: 'yellow',
  Notice: 'cyan',
}

/** Falco's line of text: time, priority, what happened. */
function textLine({ alert }: Extract<JudgeMessage, { kind: 'alert' }>, terminal: Terminal): string {
  const style = styles[alert.priority]
  return `${paint(terminal, style, escapeText(alert.output))}\n`
}

function sayLosses(losses: readonly Loss[], context: Context): void {
  for (const { what, why } of losses) context.say(context.text('watch.probe', { what, why }))
}

function sayHeld({ rows }: Extract<JudgeMessage, { kind: 'held' }>, context: Context): void {
  for (const row of rows) context.say(context.text('watch.held', row))
}

function sayEnd({ counters, alerts, incidents, held }: SessionEnd, context: Context): void {
  const { judged, filtered } = counters
  const lost = Object.values(counters.lost).reduce((sum, count) => sum + count, 0)
  context.say(context.text('watch.ended', { judged, filtered, lost, alerts, incidents, held }))
}
