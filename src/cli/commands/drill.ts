import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { padEnd } from '../../base/text.ts'
import { docker } from '../../runtime/drill/docker.ts'
import { buildImage } from '../../runtime/drill/image.ts'
import { type DrillResult, notRun, type RunOptions, runScenario } from '../../runtime/drill/run.ts'
import type { Scenario } from '../../runtime/drill/scenario.ts'
import { scenarios } from '../../runtime/drill/scenarios.ts'
import { type RunningWatch, startDrillWatch } from '../../runtime/drill/watch.ts'
import { libraryTexts } from '../../runtime/rules/library.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { drillTable, exitOf, outcomeOf } from './drill-report.ts'

interface Options {
  list?: boolean
  image?: string
  keep?: boolean
  state?: string
}

/** `jenner drill [SCENARIO…] [-f json|table] [--list] [--image IMAGE] [--keep] [--state DIR]` */
export function define(command: Command, context: Context): void {
  command
    .argument('[SCENARIO...]')
    .option('--list', context.text('drill.list'))
    .option('--image <IMAGE>', context.text('drill.image'))
    .option('--keep', context.text('drill.keep'))
    .option('--state <DIR>', context.text('platform.flag.state'))
  addFlags(command, context, ['format', 'output']).action((names: string[], options: Options) =>
    drill(names, options, command, context),
  )
}

async function drill(names: string[], options: Options, command: Command, context: Context): Promise<void> {
  const { format, output } = context.settings(command, ['format', 'output'])
  if (format !== 'table' && format !== 'json') throw new JennerError('usage', '--format: table, json')
  const chosen = choose(names, context)
  if (options.list === true) return list(chosen, format, output, context)
  if (process.getuid?.() !== 0) throw new JennerError('unsupported', context.text('drill.needsRoot'))
  const { results, blocks } = await runAll(chosen, options, context)
  const outcomes = results.map((result, index) => outcomeOf(result, chosen[index]!, blocks))
  context.exitCode = exitOf(results, outcomes, options.keep === true)
  const chunks =
    format === 'json'
      ? [`${JSON.stringify({ scenarios: results }, null, 2)}\n`]
      : drillTable(results, chosen, blocks, context)
  await context.emit(chunks, output)
}

function choose(names: string[], context: Context): readonly Scenario[] {
  const unknown = names.find(name => !scenarios.some(({ id }) => id === name))
  if (unknown !== undefined) throw new JennerError('usage', context.text('drill.unknown', { name: unknown }))
  return names.length === 0 ? scenarios : scenarios.filter(({ id }) => names.includes(id))
}

async function list(
  chosen: readonly Scenario[],
  format: string,
  output: string | undefined,
  context: Context,
): Promise<void> {
  const rows = chosen.map(({ id, area, technique, title, rule }) => ({ id, area, technique, title, rule }))
  if (format === 'json') return context.emit([`${JSON.stringify({ scenarios: rows }, null, 2)}\n`], output)
  const lines = rows.map(
    ({ id, technique, title, rule }) =>
      `${padEnd(technique, 10)} ${padEnd(id, 22)} ${title[context.language]} · ${rule}\n`,
  )
  await context.emit(lines, output)
}

/** Of this run alone: several may drill at once. */
const ownImage = `jenner-drill:host-${process.pid}`

/** Image and sensor first; whatever was begun is removed again, also when it is interrupted. */
async function runAll(
  chosen: readonly Scenario[],
  options: Options,
  context: Context,
): Promise<{ results: DrillResult[]; blocks: boolean }> {
  const image = prepareImage(options.image, context)
  try {
    const { startKernelSensor } = await import('../../runtime/watch/sensor.ts')
    const watch = await startDrillWatch(startKernelSensor, libraryTexts(), context.language)
    for (const loss of watch.losses) context.say(context.text('drill.losses', { ...loss }))
    try {
      const { drillBeside } = await import('../platform/beside.ts')
      const beside = await drillBeside(options.state, chosen, context)
      const results = await runEach(chosen, image, watch, options, context, beside?.docker)
      await beside?.done(results)
      return { results, blocks: watch.block !== undefined }
    } finally {
      await watch.stop()
    }
  } finally {
    if (options.image === undefined && options.keep !== true) docker(['rmi', '--force', ownImage])
  }
}

function prepareImage(given: string | undefined, context: Context): string {
  const server = docker(['version', '--format', '{{.Server.Version}}'])
  if (server.status !== 0) {
    const reason = server.stderr.trim()
    throw new JennerError(/permission denied/i.test(reason) ? 'docker_denied' : 'docker_unreachable', reason)
  }
  if (given === undefined) {
    buildImage(ownImage)
    return ownImage
  }
  const found = docker(['image', 'inspect', '--format', '{{.Id}}', '--', given])
  if (found.status === 0) return given
  throw new JennerError(
    'target_not_found',
    context.text('drill.noImage', { image: given, reason: found.stderr.trim() }),
  )
}

async function runEach(
  chosen: readonly Scenario[],
  image: string,
  watch: RunningWatch,
  { keep = false }: Options,
  context: Context,
  docker?: RunOptions['docker'],
): Promise<DrillResult[]> {
  let broke: string | undefined
  watch.ended.then(reason => {
    broke = reason
  })
  const results: DrillResult[] = []
  for (const [index, scenario] of chosen.entries()) {
    const title = scenario.title[context.language]
    showProgress(context, context.text('drill.running', { done: index + 1, of: chosen.length, title }))
    if (context.signal.aborted) results.push(notRun(scenario, context.text('drill.interrupted')))
    else if (broke !== undefined) results.push(notRun(scenario, broke))
    else results.push(await runScenario(scenario, { image, watch, keep, ...(docker && { docker }) }))
  }
  showProgress(context, '')
  return results
}

/** One line that is written over, on terminals alone. */
function showProgress({ stderr, env }: Context, line: string): void {
  if (stderr.isTTY && env.TERM !== 'dumb') stderr.write(`\r\x1b[K${line.slice(0, (stderr.columns || 80) - 1)}`)
}
