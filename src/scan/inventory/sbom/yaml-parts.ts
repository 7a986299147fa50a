import { parseYamlObject } from '../../../base/yaml.ts'
import type { Json } from './json.ts'

/** Below this the whole document is no burden: a parser holds some two hundred bytes for each of the text. */
const minSize = 256 * 1024
const partSize = 8 * 1024

/**
 * A large YAML document, its long lists read a part at a time: what the parser builds of one part is gone before the next. Documents that cannot be taken apart by their lines alone
 * (flow style at the top, aliases, several documents) are read whole. Throws as `parseYamlObject` does.
 */
export function parseYamlParts(text: string): Json | undefined {
  if (text.length < minSize || hasAlias.test(text)) return parseYamlObject(text)
  const sections = sectionsOf(text)
  if (sections === undefined) return parseYamlObject(text)
  const document: Json = {}
  for (const section of sections) {
    const lists = section.length > partSize ? listPartsOf(section) : undefined
    if (lists === undefined) Object.assign(document, parseYamlObject(section))
    else document[lists.key] = lists.parts.flatMap(part => itemsOf(part))
  }
  return document
}

const hasAlias = /(?:^|[\s,[{])[&*][A-Za-z0-9_]/

/** Texts of the top mapping's entries; undefined where its lines are of another form. */
function sectionsOf(text: string): string[] | undefined {
  const starts: number[] = []
  for (const { from, to } of linesOf(text)) {
    const first = text[from] ?? ''
    if (from === to || ' \t#-\r'.includes(first)) {
      // `---` may only begin the document; other dashes are items of a list in a mapping's entry.
      if (text.startsWith('---', from) && starts.length > 0) return undefined
      continue
    }
    if (
      !/^(?:[\w.$-]{1,100}|"[\w.$-]{1,100}"|'[\w.$-]{1,100}')[ \t]{0,10}:(?:[ \t\r]|$)/.test(
        text.slice(from, Math.min(to, from + 120)),
      )
    )
      return undefined
    starts.push(from)
  }
  return starts.map((from, index) => text.slice(from, starts[index + 1] ?? text.length))
}

/** `key:` and items that all begin with a dash in one column, put together to parts; undefined for everything else. */
function listPartsOf(section: string): { key: string; parts: string[] } | undefined {
  const head = /^["']?([\w.$-]{1,100})["']?[ \t]{0,10}:[ \t]{0,10}\r?\n([ ]{0,8})-[ \r\n]/.exec(section)
  if (head === null || head[1] === '__proto__') return undefined
  const column = head[2]!.length
  const parts: string[] = []
  let start = section.indexOf('\n') + 1
  for (const { from, to } of linesOf(section, start)) {
    const indent = indentOf(section, from, to)
    if (indent === undefined || indent > column) continue
    if (indent < column || section[from + column] !== '-') return undefined
    if (from - start < partSize) continue
    parts.push(section.slice(start, from))
    start = from
  }
  return { key: head[1]!, parts: [...parts, section.slice(start)] }
}

function itemsOf(part: string): unknown[] {
  const items = parseYamlObject(`items:\n${part}`)?.items
  return Array.isArray(items) ? items : []
}

/** Blanks at the beginning of a line; undefined for a blank line or a comment, which belong to what is around them. */
function indentOf(text: string, from: number, to: number): number | undefined {
  let at = from
  while (at < to && text[at] === ' ') at++
  return at === to || text[at] === '#' || text[at] === '\r' ? undefined : at - from
}

function* linesOf(text: string, start = 0): Generator<{ from: number; to: number }> {
  for (let from = start; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline
    yield { from, to }
    from = to + 1
  }
}
