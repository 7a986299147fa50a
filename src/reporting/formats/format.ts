import type { Language } from '../../base/i18n/translate.ts'
import type { Report } from '../../base/model/report.ts'
import type { Terminal } from '../../base/terminal.ts'

export interface FormatOptions {
  language: Language
  /** Where the text goes; matters to `table` alone. */
  terminal: Terminal
  /** Jenner's own version, for formats that name their maker. */
  version: string
  showSuppressed?: boolean
  listAllPackages?: boolean
  /** Variables of the process, for formats of CI servers that state job and commit. */
  env?: Record<string, string | undefined>
  /** Go-like template text, for `template`. */
  template?: string
}

/** Turns a report into text, chunk by chunk. Every foreign string in it leaves escaped for where it goes. */
export type Render = (report: Report, options: FormatOptions) => Iterable<string>

/** A report format. `render` is loaded when it is used. */
export interface Format {
  id: string
  /** Other names that hands know. */
  aliases?: string[]
  title: { en: string; ko: string }
  /** Usual file name extension, with its dot. */
  extension: string
  /** Needs every package in the report, not only the vulnerable ones. */
  needsPackages?: true
  load(): Promise<Render>
}
