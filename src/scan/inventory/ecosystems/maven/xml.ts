import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { JennerError } from '../../../../base/errors.ts'
import { withoutLateDeclaration } from '../../../../base/xml.ts'

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
 * An XML document as a tree, text in the encoding that it declares. No entity but XML's own five is expanded, so neither outside
 * files nor expansions without end can come in; and HTML's for letters, which Maven knows too. Throws `malformed` or `limit_exceeded`.
 */
export function parseXml(bytes: Uint8Array): Element {
  const root = elementOf('', new Map(), 1)
  const stack = [root]
  let count = 0
  const parser = new SaxesParser()
  Object.assign(parser.ENTITIES, htmlEntities)
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
  parser.write(withoutLateDeclaration(decode(bytes))).close()
  const top = root.children[0]
  if (top === undefined) throw new JennerError('malformed', 'no XML element')
  return top
}

/** HTML 4's names of U+00A0 to U+00FF, in their order, and of some punctuation: names of people in POMs are written so. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const htmlEntities = Object.fromEntries([
  ...latin.split(' ').map((name, at) => [name, String.fromCharCode(0xa0 + at)]),
  ...Object.entries({ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•' }),
  ...Object.entries({ hellip: '…', euro: '€', trade: '™', scaron: 'š', Scaron: 'Š', oelig: 'œ', OElig: 'Œ' }),
])

function elementOf(name: string, attributes: Map<string, string>, line: number): Element {
  return { name, attributes, children: [], text: '', lines: { start: line, end: line } }
}

/** A byte order mark wins, then the declaration, then UTF-8. An encoding that is not known is read as UTF-8. */
function decode(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const mark = head.startsWith('\xff\xfe') ? 'utf-16le' : head.startsWith('\xfe\xff') ? 'utf-16be' : undefined
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]
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
