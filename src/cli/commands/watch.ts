import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { terminalOf } from '../../base/terminal.ts'
import { openContainers } from '../../runtime/containers/open.ts'
import { stateFolder } from '../../runtime/respond/state.ts'
import { startKernelSensor } from '../../runtime/watch/sensor.ts'
import { type RunningSensor, runSession } from '../../runtime/watch/session.ts'
import { addFlags } from '../add-flags.ts'
import { createAlertOutput } from '../alert-output.ts'
import type { Context } from '../context.ts'
import { applyDrift, type DriftWatch, driftPolicyOf } from '../drift-watch.ts'
import { startFanotify } from '../fanotify-watch.ts'
import { tellLosses } from '../loss-watch.ts'
import { startResponses } from '../respond-watch.ts'
import { alertLine, sayEnd, sayLosses, sayMessage, titlesFor } from '../watch-lines.ts'
import { readRuleFiles } from './rule-texts.ts'

interface Options {
  rules?: string[]
  host?: boolean
  state?: string
  drift?: string
  driftPolicy?: string
  learn?: boolean
  fanotify?: string[]
  malware: boolean
  record?: string
}

const gather = (value: string, before: string[] = []) => [...before, value]

/** `jenner watch [-r FILE…] [-f json|table] [--host] [--drift MODE] [--learn] [--record FILE] [-o FILE]`: alerts as they come, until interrupted. */
export function define(command: Command, context: Context): void {
  command
    .option('-r, --rules <FILE>', context.text('watch.rules'), gather)
    .option('--host', context.text('watch.host'))
    .option('--drift <MODE>', context.text('watch.drift'))
    .option('--drift-policy <FILE>', context.text('watch.driftPolicy'))
    .option('--learn', context.text('watch.learn'))
    .option('--fanotify <CONTAINER>', context.text('watch.fanotify'), gather)
    .option('--no-malware', context.text('watch.noMalware'))
    .option('--record <FILE>', context.text('watch.record'))
    .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(command, context, ['format', 'output']).action((options: Options) => watch(options, command, context))
}

async function watch(options: Options, command: Command, context: Context): Promise<void> {
  const { format, output, noColor } = context.settings(command, ['format', 'output', 'noColor'])
  if (format !== 'table' && format !== 'json') throw new JennerError('usage', '--format: table, json')
  const rules = options.rules && readRuleFiles(options.rules)
  const state = stateFolder(context.env, options.state)
  const drift = driftPolicyOf(options.drift, options.driftPolicy, state)
  if (process.getuid?.() !== 0) throw new JennerError('unsupported', context.text('watch.needsRoot'))
  const out = createAlertOutput(output, context)
  const containers = await openContainers()
  let running: RunningSensor | undefined
  let applied: DriftWatch | undefined
  let guards: { stop(): void } | undefined
  let stopTelling = (): void => {}
  const lastEvents = async (id: string) => (await running?.lastEvents?.(id)) ?? []
  const responses = await startResponses(options.state, containers, lastEvents, context).catch(error => {
    // What is left open would keep the process from ending.
    containers.close()
    throw error
  })
  const terminal = output === undefined ? terminalOf(context.stdout, context.env, noColor) : { colors: false }
  const titleOf = titlesFor(context.language, rules !== undefined)
  const host = options.host === true
  if (options.record !== undefined) context.say(context.text('watch.recording', { file: options.record }))
  const end = await runSession({
    start: startKernelSensor,
    judge: {
      ...(rules && { rules }),
      drift,
      state,
      learn: options.learn === true,
      malware: options.malware,
      language: context.language,
      ...(options.record !== undefined && { record: options.record }),
    },
    host,
    signal: context.signal,
    onLoaded: own => {
      applied = applyDrift(drift, state, containers, own, context)
    },
    onStart: sensor => {
      running = sensor
      if (sensor.rules === 0) throw new JennerError('usage', context.text('watch.noRules'))
      if (options.fanotify) guards = startFanotify(options.fanotify, containers, context)
      sayLosses(sensor.losses, context)
      stopTelling = tellLosses(() => sensor.counters(), context)
      const where = context.text(host ? 'watch.everything' : 'watch.containers')
      context.say(context.text('watch.started', { rules: sensor.rules, where }))
    },
    onMessage: message => {
      if (message.kind === 'drift') applied?.listed(message.image)
      if (message.kind !== 'alert') return sayMessage(message, context, titleOf)
      responses.onAlert(message.alert)
      out.write(format === 'json' ? `${JSON.stringify(message.alert)}\n` : alertLine(message, terminal, titleOf))
    },
  }).finally(() => {
    applied?.stop()
    guards?.stop()
    stopTelling()
    responses.stop()
    containers.close()
  })
  sayEnd(end, context, titleOf)
  out.end()
  if (end.broke !== undefined) throw new JennerError('internal', end.broke)
}
