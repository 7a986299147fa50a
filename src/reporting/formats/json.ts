import type { Render } from './format.ts'

/**
 * The JSON report: as it is, result by result so that no string of the whole stands in memory. Absent rather than empty, as Trivy writes it.
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
    yield `${index === 0 ? '' : ','}\n    ${indented(result)}`
  }
  yield results.length === 0 ? '],' : '\n  ],'
  yield `${head.slice(at)}\n`
}

/** As it stands two levels down. Letting it be written there is half the work of moving every line of megabytes afterwards. */
function indented(value: unknown): string {
  return stringify([[value]], 2).slice('[\n  [\n    '.length, -'\n  ]\n]'.length)
}

const invisible = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** JSON text with every character that could play tricks on a terminal written as `\uXXXX`: still the same JSON value. */
export function stringify(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    invisible,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
