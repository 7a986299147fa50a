import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { ReportWriter, SecurityReport } from './model.ts'
import { type Figure, figuresOf, type Section, sayIn, sectionsOf, stamp } from './sections.ts'

/** For people who want paper: pdfmake, with Pretendard (OFL) so that Korean and Latin are of one hand. */
export const pdf: ReportWriter = {
  format: 'pdf',
  mediaType: 'application/pdf',
  async write(report) {
    const require = createRequire(import.meta.url)
    const make = require('pdfmake') as PdfMake
    const folder = join(dirname(require.resolve('pretendard/package.json')), 'dist/public/static/alternative')
    const font = (weight: string): string => join(folder, `Pretendard-${weight}.ttf`)
    make.setFonts({
      Pretendard: {
        normal: font('Regular'),
        bold: font('SemiBold'),
        italics: font('Regular'),
        bolditalics: font('SemiBold'),
      },
    })
    // Nothing in a report makes this program read another file or an address.
    make.setLocalAccessPolicy(path => path.startsWith(folder))
    make.setUrlAccessPolicy(() => false)
    return await make.createPdf(documentOf(report)).getBuffer()
  },
}

/** What of pdfmake 0.3 is used; its published types are those of the browser's build. */
interface PdfMake {
  setFonts(fonts: Record<string, Record<string, string>>): void
  setLocalAccessPolicy(allowed: (path: string) => boolean): void
  setUrlAccessPolicy(allowed: (url: string) => boolean): void
  createPdf(document: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> }
}

const ink = '#16202c'
const soft = '#5b6b7c'
const line = '#d7dee6'

function documentOf(report: SecurityReport): TDocumentDefinitions {
  const say = sayIn(report)
  const created = say('report.created', { at: stamp(report.createdAt), version: report.version })
  return {
    info: { title: say('security.title'), creator: 'Jenner' },
    pageSize: 'A4',
    pageMargins: [44, 48, 44, 52],
    defaultStyle: { font: 'Pretendard', fontSize: 9, lineHeight: 1.25, color: ink },
    footer: (page, pages) => ({
      columns: [
        { text: created, color: soft, fontSize: 7.5 },
        { text: say('report.page', { page, pages }), alignment: 'right', color: soft, fontSize: 7.5 },
      ],
      margin: [44, 16, 44, 0],
    }),
    content: [
      { text: say('security.title'), fontSize: 20, bold: true },
      {
        text: say('report.period', { from: stamp(report.from), to: stamp(report.to) }),
        color: soft,
        margin: [0, 2, 0, 14],
      },
      figures(figuresOf(report)),
      ...sectionsOf(report).flatMap(part),
    ],
  }
}

/** Four in a row. */
function figures(all: Figure[]): Content {
  const box = ({ value, label }: Figure): Content => ({
    stack: [
      { text: value, fontSize: 14, bold: true },
      { text: label, color: soft, fontSize: 8 },
    ],
    margin: [6, 5, 6, 5],
  })
  const rows = [all.slice(0, 4), all.slice(4, 8)].filter(row => row.length > 0)
  return {
    table: {
      widths: ['25%', '25%', '25%', '25%'],
      body: rows.map(row => [...row.map(box), ...Array.from({ length: 4 - row.length }, () => '')]),
    },
    layout: { hLineColor: () => line, vLineColor: () => line, hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
  }
}

function part({ title, lines, table }: Section): Content[] {
  const head: Content = { text: title, fontSize: 12, bold: true, margin: [0, 16, 0, 4], headlineLevel: 1 }
  const texts: Content[] = lines.map(text => ({ text, color: soft, margin: [0, 0, 0, 3] }))
  return table === undefined ? [head, ...texts] : [head, ...texts, tableOf(table)]
}

function tableOf({ head, rows }: NonNullable<Section['table']>): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: widthsOf(rows, head.length),
      body: [
        head.map(text => ({ text, bold: true, color: soft })),
        ...rows.map(row => row.map(text => ({ text: breakable(text) }))),
      ],
    },
    layout: { hLineColor: () => line, hLineWidth: () => 0.5, vLineWidth: () => 0, paddingLeft: () => 0 },
  }
}

/** The first column takes what is left, and so does a last one of sentences; numbers and words are as wide as they are, so that none breaks within a word. */
function widthsOf(rows: readonly string[][], columns: number): ('*' | 'auto')[] {
  const sentences = rows.some(row => (row.at(-1) ?? '').length > 24)
  return Array.from({ length: columns }, (_, at) => (at === 0 || (at === columns - 1 && sentences) ? '*' : 'auto'))
}

/** A digest without a space would push its column out of the page: it may break after 24 characters. */
function breakable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/\S{24}(?=\S)/g, '$&\u200b')
}
