import type { Command } from 'commander'
import { terminalOf } from '../../base/terminal.ts'
import { escapeText } from '../../base/text.ts'
import { drawGrid } from '../../reporting/formats/table/grid.ts'
import { addFlags, givenFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { dashed, type FlagName, flags } from '../flags.ts'
import { readSettingsFile, resolveSettings, type Setting } from '../settings.ts'

/** `jenner settings [-f json] [any flag]`: the effective value of every setting, and where it comes from. */
export function define(command: Command, context: Context): void {
  const names = Object.keys(flags) as FlagName[]
  addFlags(command, context, names).action(async () => {
    const { parse: parseYaml } = await import('yaml')
    const all = resolveSettings({ given: givenFlags(command), env: context.env, readFile: readSettingsFile, parseYaml })
    const format = all.find(({ name }) => name === 'format')!.value
    // The format itself is a setting here too: any report's, shown like the others.
    await context.emit([format === 'json' ? asJson(all) : asTable(all, context)])
  })
}

function asJson(all: Setting[]): string {
  const entries = all.map(({ name, value, origin, from }) => [
    dashed(name),
    { value: value ?? null, origin, ...(from ? { from } : {}) },
  ])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

function asTable(all: Setting[], context: Context): string {
  const rows = all.map(({ name, value, origin, from }) => [
    { text: dashed(name) },
    { text: escapeText(value === undefined ? '-' : Array.isArray(value) ? value.join(',') : String(value)) },
    { text: [context.text(`settings.${origin}`), from ? `(${escapeText(from)})` : ''].join(' ').trim() },
  ])
  const columns = ['settings.name', 'settings.value', 'settings.origin'] as const
  const titles = columns.map(key => ({ title: context.text(key), minimum: 16 }))
  return `${drawGrid(titles, rows, terminalOf(context.stdout, context.env).columns).join('\n')}\n`
}
