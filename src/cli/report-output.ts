import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import type { Report } from '../base/model/report.ts'
import { terminalOf } from '../base/terminal.ts'
import type { Format, FormatOptions } from '../reporting/formats/format.ts'
import { findFormat, formats } from '../reporting/formats/index.ts'
import type { Context } from './context.ts'
import type { Settings } from './flags.ts'
import { nearest } from './nearest.ts'

export const outputFlags = ['format', 'output', 'template', 'showSuppressed', 'listAllPkgs', 'noColor'] as const
type OutputSettings = Pick<Settings, (typeof outputFlags)[number]>

const maxTemplate = 1 << 20

/** The format asked for; a value that begins with `{{` is a template itself. Throws JennerError usage with the nearest known name. */
export function chooseFormat({ format, template }: Pick<Settings, 'format' | 'template'>): {
  format: Format
  template?: string
} {
  if (format.startsWith('{{')) return { format: findFormat('template')!, template: format }
  const found = findFormat(format)
  if (found === undefined) {
    const near = nearest(
      format,
      formats.map(({ id }) => id),
    )
    throw new JennerError('usage', `--format ${format} (${near ? `${near}?` : formats.map(({ id }) => id).join(', ')})`)
  }
  if (found.id !== 'template') return { format: found }
  if (template === undefined) throw new JennerError('usage', '--format template: --template')
  // Trivy's `@FILE`; Grype's and Syft's bare FILE, which no text of a template looks like.
  const file = template.startsWith('@') ? template.slice(1) : template.includes('{{') ? undefined : template
  return { format: found, template: file === undefined ? template : readTemplate(file) }
}

/** Renders the report as the settings say and writes it, and then `tail`, where they say. */
export async function writeReport(
  report: Report,
  settings: OutputSettings,
  context: Context,
  tail: Iterable<string> = [],
): Promise<void> {
  const { format, template } = chooseFormat(settings)
  const render = await format.load()
  const terminal =
    settings.output === undefined ? terminalOf(context.stdout, context.env, settings.noColor) : { colors: false }
  const options: FormatOptions = {
    language: context.language,
    terminal,
    version: context.version,
    showSuppressed: settings.showSuppressed,
    listAllPackages: settings.listAllPkgs,
    env: context.env,
    ...(template === undefined ? {} : { template }),
  }
  await context.emit(chain(render(report, options), tail), settings.output)
}

function* chain(...parts: Iterable<string>[]): Generator<string> {
  for (const part of parts) yield* part
}

/** Asked for when arguments are checked and again when reports are written: a pipe can be read only once. */
const templates = new Map<string, string>()

function readTemplate(file: string): string {
  try {
    const text = templates.get(file) ?? readBoundedText(file, maxTemplate)
    templates.set(file, text)
    return text
  } catch (error) {
    if (error instanceof JennerError) throw new JennerError('bad_argument', `--template ${file}: > 1 MiB`, error)
    const own = formats.find(({ id }) => file.endsWith(`/${id}.tpl`) || file === `${id}.tpl`)
    const reason = `${(error as NodeJS.ErrnoException).code}${own === undefined ? '' : `; -f ${own.id}?`}`
    throw new JennerError('bad_argument', `--template ${file} (${reason})`, error)
  }
}
