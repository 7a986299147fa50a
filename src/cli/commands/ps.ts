import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { displayWidth, escapeText, padEnd, truncate } from '../../base/text.ts'
import { renderValue } from '../../reporting/formats/template/render.ts'
import { openContainers } from '../../runtime/containers/open.ts'
import type { RuntimeStatus } from '../../runtime/containers/source.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { filterRows, type PsRow, rowOf } from '../ps-rows.ts'
import { openHouse, sayTidied } from '../respond-verb.ts'

interface PsFlags {
  all?: boolean
  filter?: string[]
  trunc?: boolean
  state?: string
}

/** `jenner ps [-a] [-f table|json|TEMPLATE] [--filter KEY=VALUE]` */
export function define(command: Command, context: Context): void {
  command
    .option('-a, --all', context.text('ps.flag.all'))
    .option('--filter <KEY=VALUE>', context.text('ps.flag.filter'), (value: string, before: string[] = []) => [
      ...before,
      value,
    ])
    .option('--no-trunc', context.text('ps.flag.noTrunc'))
    .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(command, context, ['format']).action(async (own: PsFlags) => {
    const { format } = context.settings(command, ['format'])
    if (!['table', 'json'].includes(format) && !format.includes('{{'))
      throw new JennerError('usage', `--format ${format} (table, json, {{…}})`)
    const rows = filterRows(await readRows(own, context), own.filter ?? [])
    await context.emit(render(rows, format, own, context))
  })
}

async function readRows({ all, state }: PsFlags, context: Context): Promise<PsRow[]> {
  const containers = await openContainers()
  try {
    const statuses = containers.status()
    const [docker] = statuses
    const answered = statuses.some(({ connected }) => connected)
    for (const status of answered ? statuses : statuses.slice(1)) sayStatus(status, context)
    if (!answered)
      throw new JennerError(
        docker?.reason === 'EACCES' ? 'docker_denied' : 'docker_unreachable',
        `${docker?.address} (${docker?.reason})`,
      )
    const records = await activeRecords(state, context)
    const list = containers.list().filter(info => all === true || info.state === 'running' || info.state === 'paused')
    list.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    return list.map(info =>
      rowOf(
        info,
        records.filter(({ containerId }) => containerId === info.id),
      ),
    )
  } finally {
    containers.close()
  }
}

/** A user who may not read the state of root still sees the containers. */
async function activeRecords(state: string | undefined, context: Context) {
  try {
    const responder = openHouse(state, context)
    try {
      if (responder.active().length > 0) sayTidied(await responder.tidy(), context)
      return responder.active()
    } finally {
      responder.close()
    }
  } catch (error) {
    context.say(error instanceof Error ? error.message : String(error))
    return []
  }
}

function sayStatus({ runtime, address, connected, reason = '' }: RuntimeStatus, context: Context): void {
  if (connected) return
  const key = reason === 'unsupported' ? 'ps.unsupported' : reason === 'EACCES' ? 'ps.denied' : 'ps.unreachable'
  context.say(context.text(key, { runtime, address, reason }))
}

function render(rows: PsRow[], format: string, { trunc }: PsFlags, context: Context): string[] {
  if (format === 'json') return [`${JSON.stringify(rows, null, 2)}\n`]
  if (format !== 'table') return rows.map(row => `${renderValue(row, format)}\n`)
  if (rows.length === 0) return [`${context.text('ps.none')}\n`]
  const columns = ['id', 'name', 'image', 'state', 'owner', 'ports', 'user', 'risks', 'response'] as const
  const cut = (text: string, width: number): string =>
    trunc === false ? escapeText(text) : truncate(escapeText(text), width)
  const lines = [
    columns.map(name => context.text(`ps.column.${name}`)),
    ...rows.map(row => [
      trunc === false ? row.ID : row.ID.slice(0, 12),
      cut(row.Name, 30),
      cut(row.Image, 40),
      row.State,
      cut(row.Owner, 30),
      cut(row.Ports.join(', '), 40),
      cut(row.User, 20),
      cut(row.Risks.join(' '), 60),
      row.Response.join(' '),
    ]),
  ]
  const widths = columns.map((_, at) => Math.max(...lines.map(line => displayWidth(line[at]!))))
  return lines.map(
    line =>
      `${line
        .map((cell, at) => padEnd(cell, widths[at]!))
        .join('  ')
        .trimEnd()}\n`,
  )
}
