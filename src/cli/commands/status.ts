import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { paint, type Style, terminalOf } from '../../base/terminal.ts'
import { escapeText, padEnd } from '../../base/text.ts'
import { runningAt } from '../../platform/place.ts'
import { probe } from '../../runtime/sensor/probe.ts'
import type { Page } from '../../server/schemas/common.ts'
import type { Health } from '../../server/schemas/health.ts'
import type { Host } from '../../server/schemas/hosts.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { placeAt, reach } from '../platform/server.ts'

/** `jenner status [--state DIR] [-f table|json]`: parts, health, coverage, age of feeds, losses. Exit 1 when it is not running or a part failed. */
export function define(command: Command, context: Context): void {
  command.option('--state <DIR>', context.text('platform.flag.state'))
  addFlags(command, context, ['format']).action(async ({ state }: { state?: string }) => {
    const { format, noColor } = context.settings(command, ['format', 'noColor'])
    if (format !== 'table' && format !== 'json') throw new JennerError('usage', '--format: table, json')
    const place = placeAt(state, context.env)
    if (runningAt(place) === undefined) {
      context.exitCode = 1
      return context.emit(
        format === 'json'
          ? [json({ running: false, state: place.folder, probe: probe() })]
          : notRunning(place.folder, context),
      )
    }
    const { api, running } = reach(state, context.env)
    const health = (await api.get('/health')) as Health
    const hosts = ((await api.get('/hosts?limit=500')) as Page<Host>).items
    if (health.parts.some(part => part.state === 'failed')) context.exitCode = 1
    if (format === 'json')
      return context.emit([json({ running: true, url: running.url, ...health, hosts, probe: probe() })])
    await context.emit(screen(health, hosts, running.url, context, noColor))
  })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function notRunning(folder: string, context: Context): string[] {
  const { lacks } = probe()
  return [
    `${context.text('status.notRunning', { folder })}\n`,
    `${context.text('status.probe')}\n`,
    ...(lacks.length === 0
      ? [`${context.text('status.probe.all')}\n`]
      : lacks.map(lack => `${context.text('status.probe.lack', { ...lack })}\n`)),
  ]
}

const styles: Record<string, Style> = { ok: 'green', degraded: 'yellow', failed: 'red', off: 'dim' }

function screen(health: Health, hosts: Host[], url: string, context: Context, noColor: boolean): string[] {
  const terminal = terminalOf(context.stdout, context.env, noColor)
  const { version, startedAt: since, parts, jobs } = health
  const lines = [context.text('status.title', { version, since, url }), '']
  for (const { name, state, detail } of parts) {
    const word = padEnd(context.text(`status.state.${state}`), 12)
    const label = padEnd(context.text(`status.part.${name}`), 14)
    lines.push(`${label}${paint(terminal, styles[state], word)}${escapeText(detail[context.language])}`)
  }
  lines.push('', context.text('status.jobs', jobs))
  for (const host of hosts) lines.push(...hostLines(host, context))
  return lines.map(line => `${line.trimEnd()}\n`)
}

function hostLines({ name, containers, images, sensor }: Host, context: Context): string[] {
  const { state, produced, filtered, judged, lost, coverage, losses, reason } = sensor
  const told = coverage === undefined ? '' : context.text('status.coverage', { coverage: coverage.toFixed(2) })
  return [
    context.text('status.host', {
      name: escapeText(name),
      containers,
      images,
      sensor: reason === undefined ? state : `${state} (${escapeText(reason)})`,
    }),
    context.text('status.events', { produced, filtered, judged, lost, coverage: told }),
    ...losses.map(({ what, why }) => context.text('platform.loss', { what: escapeText(what), why: escapeText(why) })),
  ]
}
