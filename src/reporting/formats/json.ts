import type { ReportResult } from '../../base/model/report.ts'
import type { Render } from './format.ts'

/**
 * The JSON report: as it is, in pieces of some packages so that no string of the whole stands in memory. Absent rather than empty, as Trivy writes it.
 * JSON.stringify escapes C0 controls; DEL, C1 and bidi controls are escaped here, since people print JSON on terminals too.
 */
export const renderJson: Render = function* (report) {
  const { Results, ...rest } = report
  const head = stringify(rest, 2)
  const at = head.indexOf('\n  "Metadata"')
  const results = Results ?? []
  yield head.slice(0, at)
  yield '\n  "Results": ['
  for (const [index, result] of results.entries()) {
    yield index === 0 ? '\n    ' : ',\n    '
    yield* piecesOf(result)
  }
  yield results.length === 0 ? '],' : '\n  ],'
  yield `${head.slice(at)}\n`
}

/** Of a long list so many are written at a time: their text stays in the young part of the heap. */
const together = 100

function* piecesOf(result: ReportResult): Generator<string> {
  let begin = '{'
  for (const [field, value] of Object.entries(result)) {
    if (value === undefined) continue
    yield `${begin}\n      ${stringify(field)}: `
    begin = ','
    if (Array.isArray(value) && value.length > together) yield* listOf(value)
    else yield stringify([[[value]]], 2).slice('[\n  [\n    [\n      '.length, -'\n    ]\n  ]\n]'.length)
  }
  yield '\n    }'
}

/** Written where it will stand: letting that be done is half the work of moving every line of megabytes afterwards. */
function* listOf(items: readonly unknown[]): Generator<string> {
  for (let at = 0; at < items.length; at += together) {
    const text = stringify([[[items.slice(at, at + together)]]], 2)
    yield at === 0 ? '[' : ','
    yield text.slice('[\n  [\n    [\n      ['.length, -'\n      ]\n    ]\n  ]\n]'.length)
  }
  yield '\n      ]'
}

const invisible = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** JSON text with every character that could play tricks on a terminal written as `\uXXXX`: still the same JSON value. */
export function stringify(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    invisible,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
