import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText, padEnd, truncate } from '../../base/text.ts'
import { facetNames } from '../../runtime/profile/observations.ts'
import { stateFolder } from '../../runtime/respond/state.ts'
import {
  type BookEntry,
  countsOf,
  exportEntry,
  findEntries,
  importEntry,
  readBook,
  relearned,
  saveEntry,
} from '../../runtime/watch/profile-book.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { readText } from '../read-text.ts'
import { jsonAsked } from '../respond-verb.ts'

interface Own {
  state?: string
  keep?: boolean
}

/** `jenner profile list|show IMAGE|export IMAGE|import FILE|relearn IMAGE`: what was learned of images, and what may run beside them. */
export function define(command: Command, context: Context): void {
  const add = (name: string): Command =>
    command
      .command(name)
      .description(context.text(`profile.verb.${name.split(' ')[0] as 'list'}`))
      .option('--state <DIR>', context.text('respond.flag.state'))
  addFlags(add('list'), context, ['format']).action((own: Own, cmd: Command) => list(own, cmd, context))
  addFlags(add('show <IMAGE>'), context, ['format']).action((image: string, own: Own, cmd: Command) =>
    show(image, own, cmd, context),
  )
  addFlags(add('export <IMAGE>'), context, ['output']).action((image: string, own: Own, cmd: Command) =>
    context.emit([exportEntry(findOne(image, own, context))], context.settings(cmd, ['output']).output),
  )
  add('import <FILE>').action((file: string, own: Own) => take(file, own, context))
  add('relearn <IMAGE>')
    .option('--keep', context.text('profile.keep'))
    .action((image: string, own: Own) => relearn(image, own, context))
}

const folderOf = (own: Own, context: Context): string => stateFolder(context.env, own.state)

function entriesOf(own: Own, context: Context): BookEntry[] {
  const { entries, problems } = readBook(folderOf(own, context))
  for (const problem of problems) context.say(problem)
  if (problems.length > 0) context.exitCode = 1
  return entries
}

function findOne(image: string, own: Own, context: Context): BookEntry {
  const found = findEntries(entriesOf(own, context), image)
  const [first] = found
  if (first === undefined) throw new JennerError('target_not_found', image)
  if (found.length > 1)
    throw new JennerError(
      'usage',
      context.text('profile.several', { images: found.map(each => each.image).join(', ') }),
    )
  return first
}

/** Plain figures of an entry. */
function rowOf({ image, name, profile, drift }: BookEntry) {
  return {
    image,
    name,
    state: profile === undefined ? 'none' : profile.learning.done ? 'learned' : 'learning',
    ...(profile && {
      unseen: profile.learning.unseenMass,
      windows: profile.learning.windows,
      known: countsOf(profile),
    }),
    allowed: drift?.paths.size ?? 0,
  }
}

async function list(own: Own, command: Command, context: Context): Promise<void> {
  context.endAtOnce()
  const rows = entriesOf(own, context).map(rowOf)
  if (jsonAsked(command, context)) return context.emit([`${JSON.stringify(rows, null, 2)}\n`])
  if (rows.length === 0) return context.emit([`${context.text('profile.none')}\n`])
  const lines = rows.map(({ image, name, state, known, allowed }) => {
    const figures = context.text('profile.figures', {
      programs: known?.['executable'] ?? 0,
      peers: known?.['peer'] ?? 0,
      allowed,
    })
    const word = context.text(`profile.state.${state as 'none'}`)
    return `${image.replace('sha256:', '').slice(0, 12)}  ${padEnd(truncate(escapeText(name), 40), 40)}  ${padEnd(word, 10)}  ${figures}\n`
  })
  await context.emit(lines)
}

async function show(image: string, own: Own, command: Command, context: Context): Promise<void> {
  context.endAtOnce()
  const entry = findOne(image, own, context)
  if (jsonAsked(command, context)) return context.emit([exportEntry(entry)])
  const { profile, drift } = entry
  const { state, name, unseen } = { unseen: 1, ...rowOf(entry) }
  const lines = [
    `${escapeText(name)}  ${entry.image}`,
    context.text(`profile.state.${state as 'none'}`) +
      (profile ? `  ${context.text('profile.unseen', { percent: (unseen * 100).toFixed(1) })}` : ''),
  ]
  for (const facet of profile ? facetNames : []) {
    const { entries, overflow } = profile!.facets[facet]
    if (entries.size === 0) continue
    lines.push('', `${context.text(`profile.facet.${facet}`)} (${entries.size}${overflow > 0 ? '+' : ''})`)
    const keys = [...entries].sort((a, b) => b[1].count - a[1].count)
    lines.push(...keys.map(([key, { count }]) => `  ${String(count).padStart(8)}  ${escapeText(key)}`))
  }
  if (drift && drift.paths.size > 0) {
    lines.push('', `${context.text('profile.allowed')} (${drift.paths.size})`)
    for (const [path, { count }] of drift.paths) lines.push(`  ${String(count).padStart(8)}  ${escapeText(path)}`)
  }
  await context.emit([`${lines.join('\n')}\n`])
}

function take(file: string, own: Own, context: Context): void {
  const entry = importEntry(readText(file))
  if (typeof entry === 'string') throw new JennerError('malformed', `${file}: ${entry}`)
  write(own, entry, context)
  context.say(context.text('profile.imported', { name: entry.name, image: entry.image }))
}

function relearn(image: string, own: Own, context: Context): void {
  const entry = findOne(image, own, context)
  if (entry.profile === undefined) throw new JennerError('target_not_found', image)
  const { image: digest, name, profile } = entry
  write(own, { image: digest, name, profile: relearned(profile, own.keep === true) }, context)
  context.say(context.text('profile.relearn', { name, image: digest }))
}

function write(own: Own, entry: BookEntry, context: Context): void {
  try {
    saveEntry(folderOf(own, context), entry)
  } catch (error) {
    throw new JennerError('output_unwritable', folderOf(own, context), error)
  }
}
