import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { JennerError } from '../../../../base/errors.ts'

export interface Element {
  /** Without a namespace prefix. */
  name: string
  attributes: Map<string, string>
  children: Element[]
  text: string
  /** Lines of its first and last tag, 1-based. */
  lines: { start: number; end: number }
}

const maxDepth = 128
const maxElements = 1_000_000

/**
 * An XML document as a tree, text in the encoding that it declares. No entity but XML's own five is expanded (saxes knows no others), so neither outside
 * files nor expansions without end can come in. Throws `malformed` or `limit_exceeded`.
 */
export function parseXml(bytes: Uint8Array): Element {
  const root = elementOf('', new Map(), 1)
  const stack = [root]
  let count = 0
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw new JennerError('malformed', error.message)
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (++count > maxElements || stack.length > maxDepth)
      throw new JennerError('limit_exceeded', 'XML too deep or too large')
    const element = elementOf(tag.name.replace(/^.*:/, ''), new Map(Object.entries(tag.attributes)), parser.line)
    stack.at(-1)!.children.push(element)
    stack.push(element)
  })
  const addText = (text: string) => {
    stack.at(-1)!.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    stack.pop()!.lines.end = parser.line
  })
  parser.write(decode(bytes)).close()
  const top = root.children[0]
  if (top === undefined) throw new JennerError('malformed', 'no XML element')
  return top
}

function elementOf(name: string, attributes: Map<string, string>, line: number): Element {
  return { name, attributes, children: [], text: '', lines: { start: line, end: line } }
}

/** A byte order mark wins, then the declaration, then UTF-8. An encoding that is not known is read as UTF-8. */
function decode(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const mark = head.startsWith('\xff\xfe') ? 'utf-16le' : head.startsWith('\xfe\xff') ? 'utf-16be' : undefined
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]
  try {
    return new TextDecoder(mark ?? declared).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find(item => item.name === name)
}

export function children(element: Element | undefined, name: string): Element[] {
  return element?.children.filter(item => item.name === name) ?? []
}

/** Text of a child, trimmed; `''` when there is none. */
export function childText(element: Element | undefined, name: string): string {
  return child(element, name)?.text.trim() ?? ''
}
