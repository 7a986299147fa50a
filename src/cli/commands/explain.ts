import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { escapeText } from '../../base/text.ts'
import type { ExplainedDecision, ExplainedPackage, Explanation } from '../../scan/explain.ts'
import type { ContentExplanation, ExplainedPlace } from '../../scan/explain-content.ts'
import type { ScanOptions, ScanTarget } from '../../scan/options.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { type FlagName, registryFlags, scanFlags } from '../flags.ts'
import { checkPlain, plainText } from '../plain.ts'
import { progressLine } from '../progress.ts'
import { allFlags, scanOptions } from '../scan-verb.ts'
import { imageTarget } from '../target.ts'

/** All that decides what is found; what only shapes a report or ends a pipeline is left out. */
const explainFlags = scanFlags.filter(
  name =>
    !(['template', 'exitCode', 'exitOnEol', 'failOn', 'showSuppressed', 'listAllPkgs'] as FlagName[]).includes(name),
)

/** `jenner explain ID TARGET`: why a vulnerability is or is not reported, record by record; where a rule or a licence was found, and why each place is reported or not. */
export function define(command: Command, context: Context): void {
  addFlags(command.argument('<ID>').argument('<TARGET>'), context, [...explainFlags, ...registryFlags]).action(
    async (id: string, word: string) => {
      if (!/^[A-Za-z][\w:.+-]{0,80}$/.test(id)) throw new JennerError('usage', id)
      const settings = context.settings(command, allFlags)
      checkPlain(settings.format)
      const progress = progressLine(context, !settings.noProgress && !settings.quiet)
      try {
        const options = { ...scanOptions(settings, context, false), onProgress: progress.update }
        const found = await explainAny(id, targetOf(word), options)
        progress.clear()
        const lines = (): string => ('places' in found ? placesText(found, context) : textOf(found, context))
        await context.emit([plainText(settings.format, found, lines)], settings.output)
        const nothing = ('places' in found ? found.places : found.packages).length === 0
        if (nothing && found.incomplete.length > 0) context.exitCode = 3
      } finally {
        progress.clear()
      }
    },
  )
}

/** A flaw by its id; what no advisory knows may be a rule's id or a licence's name. */
async function explainAny(
  id: string,
  target: ScanTarget,
  options: ScanOptions,
): Promise<Explanation | ContentExplanation> {
  // Ids of flaws are written in capitals and hold a number or are GitHub's; those of rules are not.
  if (/^[A-Za-z]+[A-Za-z0-9]*-[\w:.-]*\d|^GHSA-/i.test(id)) {
    const { explain } = await import('../../scan/explain.ts')
    const explanation = await explain(id, target, options)
    if (explanation.known || /^(?:CVE|GHSA)-/i.test(id)) return explanation
  }
  const { explainContent } = await import('../../scan/explain-content.ts')
  return explainContent(id, target, options)
}

/** A path that is there: a root file system, a project, an archive, an SBOM; anything else is an image's name. */
function targetOf(word: string): ScanTarget {
  if (!existsSync(word)) return imageTarget(word)
  if (statSync(word).isDirectory()) {
    if (existsSync(join(word, 'oci-layout'))) return { kind: 'archive', name: word }
    const root = ['etc/os-release', 'usr/lib/os-release', 'var/lib/dpkg', 'lib/apk'].some(path =>
      existsSync(join(word, path)),
    )
    return { kind: root ? 'rootfs' : 'fs', name: word }
  }
  return { kind: /\.(json|xml|spdx|jsonl)$/i.test(word) ? 'sbom' : 'archive', name: word }
}

function textOf(explanation: Explanation, { text }: Context): string {
  const { id, aliases, title, known, packages } = explanation
  const lines = [
    `${escapeText(id)}${aliases.length > 0 ? ` (${escapeText(aliases.join(', '))})` : ''}${title ? `  ${escapeText(title)}` : ''}`,
    '',
  ]
  if (packages.length === 0) lines.push(text(known ? 'explain.no_package' : 'explain.unknown_id'))
  for (const one of packages) lines.push(...packageLines(one, text), '')
  for (const { path, reason } of explanation.incomplete)
    lines.push(`${text('explain.incomplete')}: ${escapeText(path)}: ${escapeText(reason)}`)
  return `${lines.join('\n')}\n`
}

function placesText({ id, places, incomplete }: ContentExplanation, { text }: Context): string {
  const lines = [escapeText(id), '']
  if (places.length === 0) lines.push(text('explain.no_content'))
  for (const one of places) lines.push(...placeLines(one, text), '')
  for (const { path, reason } of incomplete)
    lines.push(`${text('explain.incomplete')}: ${escapeText(path)}: ${escapeText(reason)}`)
  return `${lines.join('\n')}\n`
}

function placeLines(one: ExplainedPlace, text: Context['text']): string[] {
  const why = [one.by === 'jenner' ? undefined : one.by, one.statement].filter(Boolean).join(': ')
  const outcome = outcomes.find(name => name === one.outcome)
  const facts = [one.severity, one.layer && text('explain.layer', { layer: escapeText(one.layer) })].filter(Boolean)
  return [
    `${escapeText(one.place)}  →  ${outcome ? text(`explain.${outcome}`) : escapeText(one.outcome)}${why ? ` (${escapeText(why)})` : ''}`,
    ...(facts.length > 0 ? [`  ${facts.join(' · ')}`] : []),
    ...(one.removedIn ? [`  ${text('explain.removed', { layer: escapeText(one.removedIn) })}`] : []),
    ...(one.match ? [`  ${escapeText(one.match)}`] : []),
  ]
}

const outcomes = [
  'reported',
  'not_vulnerable',
  'not_concerned',
  'unknown',
  'not_affected',
  'owned_by_os_package',
  'third_party_package',
  'kernel_headers',
  'minimum_version',
  'not_linked',
  'ignored',
  'vex',
  'unfixed',
  'status',
  'severity',
  'baseline',
  'low_certainty',
  'allowed',
] as const

function packageLines(one: ExplainedPackage, text: Context['text']): string[] {
  const why = [one.by, one.statement].filter(Boolean).join(': ')
  const outcome = outcomes.find(name => name === one.outcome)
  const head = `${escapeText(`${one.name} ${one.version}`)}  →  ${outcome ? text(`explain.${outcome}`) : escapeText(one.outcome)}${why ? ` (${escapeText(why)})` : ''}`
  return [
    head,
    ...(one.path ? [`  ${escapeText(one.path)}`] : []),
    ...factLines(one, text),
    ...one.records.map(record => {
      const compared = record.range ? `${record.version}: ${record.range}` : record.version
      return `  ${record.decided ? '*' : ' '} ${escapeText(`${record.id} [${record.source}, ${record.found}] ${compared}`)}  ${text(`explain.${record.verdict}`)}`
    }),
    ...one.setAside.map(
      ({ id, source, found, reason }) =>
        `  - ${escapeText(`${id} [${source}, ${found}]`)}  ${text(`explain.aside.${reason}`)}`,
    ),
    ...one.decisions.map(decision => decisionLine(decision, text)),
  ]
}

function factLines(one: ExplainedPackage, text: Context['text']): string[] {
  if (one.outcome !== 'reported') return []
  const source = one.severitySource ? ` (${escapeText(one.severitySource)})` : ''
  const facts = [
    `${one.severity}${source}`,
    one.fixed ? text('explain.fixed_in', { version: escapeText(one.fixed) }) : text('explain.no_fix'),
    ...(one.fromBase === undefined ? [] : [text(one.fromBase ? 'explain.from_base' : 'explain.not_from_base')]),
    ...(one.inUse === undefined ? [] : [text(one.inUse ? 'explain.in_use' : 'explain.not_in_use')]),
  ]
  const layer = one.layer ? [`  ${text('explain.layer', { layer: escapeText(one.layer) })}`] : []
  return [`  ${facts.join(' · ')}`, ...layer]
}

function decisionLine(decision: ExplainedDecision, text: Context['text']): string {
  const { kind, source, status, statement, owner, expires, holds } = decision
  const said = [kind === 'vex' ? status : '', statement, owner, expires].filter(Boolean).join('; ')
  const effect = text(holds ? 'explain.decision_holds' : 'explain.decision_without_effect')
  return `  ${holds ? '*' : ' '} ${escapeText(said ? `${source}: ${said}` : source)}  ${effect}`
}
