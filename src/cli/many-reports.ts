import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../base/errors.ts'
import type { Report } from '../base/model/report.ts'
import { severities } from '../base/model/severity.ts'
import { displayWidth, escapeText, padEnd } from '../base/text.ts'
import { allVulnerabilities, countSeverities } from '../reporting/formats/findings.ts'
import type { Context } from './context.ts'
import { chooseFormat, writeReport } from './report-output.ts'
import type { ScanSettings } from './scan-verb.ts'

/** What became of one image of a list. */
export interface Outcome {
  image: string
  /** `compose.yml:4` */
  places: string[]
  report: Report
  /** Why there is no report worth the name. */
  reason?: string
  exit: number
}

export interface ManyWriter {
  add(outcome: Outcome): Promise<void>
  end(outcomes: Outcome[]): Promise<void>
}

/**
 * Writes the reports of several images: `table` one after the other with a summary at the end, `json` as one array, any other format (of which a file holds one
 * report) as a file per image in the folder that --output names. Throws JennerError usage when there is none.
 */
export function createManyWriter(settings: ScanSettings, context: Context): ManyWriter {
  const { format } = chooseFormat(settings)
  const folder = folderOf(settings.output)
  if (folder !== undefined) return folderWriter(folder, format.extension, settings, context)
  if (format.id === 'json') return jsonWriter(settings, context)
  if (format.id === 'table') return tableWriter(settings, context)
  throw new JennerError('usage', context.text('sources.needs_folder', { format: format.id }))
}

function folderOf(output: string | undefined): string | undefined {
  if (output === undefined) return undefined
  if (statSync(output, { throwIfNoEntry: false })?.isDirectory()) return output
  if (!output.endsWith('/')) return undefined
  try {
    mkdirSync(output, { recursive: true })
    return output
  } catch (error) {
    throw new JennerError('output_unwritable', output, error)
  }
}

function folderWriter(folder: string, extension: string, settings: ScanSettings, context: Context): ManyWriter {
  const used = new Set<string>()
  return {
    add({ image, report }) {
      const plain =
        image
          .replace(/[^\w.-]+/g, '_')
          .replace(/^\.+/, '')
          .slice(0, 150) || 'image'
      let name = plain
      for (let count = 2; used.has(name); count++) name = `${plain}_${count}`
      used.add(name)
      return writeReport(report, { ...settings, output: join(folder, name + extension) }, context)
    },
    end: outcomes => context.emit([summaryOf(outcomes, context)]),
  }
}

/** A report as text, wherever it would go. */
async function textOf(report: Report, settings: ScanSettings, context: Context): Promise<string> {
  let text = ''
  const capture: Context = {
    ...context,
    emit: async chunks => {
      for (const chunk of chunks) text += chunk
    },
  }
  await writeReport(report, settings, capture)
  return text
}

function jsonWriter(settings: ScanSettings, context: Context): ManyWriter {
  const held: string[] = []
  let count = 0
  const give = async (text: string): Promise<void> => {
    if (settings.output === undefined) await context.emit([text])
    else held.push(text)
  }
  return {
    async add({ report }) {
      await give(`${count++ === 0 ? '[\n' : ',\n'}${(await textOf(report, settings, context)).trimEnd()}`)
    },
    async end() {
      await give('\n]\n')
      if (settings.output !== undefined) await context.emit(held, settings.output)
    },
  }
}

function tableWriter(settings: ScanSettings, context: Context): ManyWriter {
  const held: string[] = []
  const give = async (text: string): Promise<void> => {
    if (settings.output === undefined) await context.emit([text])
    else held.push(text)
  }
  return {
    async add({ report, reason }) {
      if (reason === undefined) await give(`${(await textOf(report, settings, context)).trimEnd()}\n\n`)
    },
    async end(outcomes) {
      await give(summaryOf(outcomes, context))
      if (settings.output !== undefined) await context.emit(held, settings.output)
    },
  }
}

/** A line per image: what was found, or why nothing is known; and where it is named. */
function summaryOf(outcomes: Outcome[], { text }: Context): string {
  const rows = outcomes.map(({ image, places, report, reason }) => [
    escapeText(image),
    reason === undefined ? resultOf(report, text) : text('sources.not_scanned', { reason: escapeText(reason) }),
    escapeText(places.join(', ')),
  ])
  const heads = [text('sources.image'), text('sources.result'), text('sources.named_at')]
  const width = (column: number): number => Math.max(...[heads, ...rows].map(row => displayWidth(row[column]!)))
  const widths = [width(0), Math.min(100, width(1))]
  const lines = [heads, ...rows].map(
    ([image, result, place]) => `${padEnd(image!, widths[0]!)}  ${padEnd(result!, widths[1]!)}  ${place}`,
  )
  return `${text('sources.summary', { count: outcomes.length })}\n${lines.join('\n')}\n`
}

function resultOf(report: Report, text: Context['text']): string {
  const counts = countSeverities(allVulnerabilities(report).map(({ vulnerability }) => vulnerability))
  const severe = [...severities].reverse().map(name => `${name}: ${counts[name]}`)
  const others = otherKinds.flatMap(({ key, field }) => {
    const count = report.Results.reduce((sum, result) => sum + (result[field]?.length ?? 0), 0)
    return count > 0 ? [`${text(key)}: ${count}`] : []
  })
  return [...severe, ...others].join(', ')
}

const otherKinds = [
  { key: 'content.secrets', field: 'Secrets' },
  { key: 'content.malware', field: 'Malware' },
  { key: 'content.licenses', field: 'Licenses' },
] as const
