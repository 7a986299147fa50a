import { csv } from './csv.ts'
import { html } from './html.ts'
import type { ReportWriter } from './model.ts'
import { pdf } from './pdf.ts'

/** Every format of the report on the state of security. */
export const reportWriters: readonly ReportWriter[] = [html, pdf, csv]
