import { SaxesParser } from 'saxes'
import { JennerError } from './errors.ts'

/** An element without its namespace prefix. Attribute names keep theirs. */
export interface XmlElement {
  name: string
  attributes: Map<string, string>
  children: XmlElement[]
  /** Its own text, its children's left out. */
  text: string
  line: number
}

const maxDepth = 100
const maxElements = 1_000_000

/**
 * The document's root element. No DTD is obeyed: an entity that a document declares is malformed where it is used. Depth and count are bounded.
 * Throws JennerError malformed or limit_exceeded.
 */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: new Map(), children: [], text: '', line: 0 }
  const stack = [top]
  let count = 0
  const parser = new SaxesParser({ position: true })
  parser.on('error', error => {
    throw new JennerError('malformed', error.message.slice(0, 200))
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > maxElements || stack.length > maxDepth)
      throw new JennerError('limit_exceeded', 'XML too deep or too large')
    const element: XmlElement = {
      name: localName(name),
      attributes: new Map(Object.entries(attributes as Record<string, string>)),
      children: [],
      text: '',
      line: parser.line,
    }
    stack.at(-1)!.children.push(element)
    stack.push(element)
  })
  const addText = (piece: string) => {
    stack.at(-1)!.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void stack.pop())
  parser.write(withoutLateDeclaration(text)).close()
  return top.children[0] ?? top
}

/** A declaration that blanks stand before is an error by the letter, and written by hand: it becomes blanks too, so that lines stay. */
export function withoutLateDeclaration(text: string): string {
  return text.replace(/^\s{1,1000}<\?xml\s[^>]{0,500}\?>/, late => late.replace(/[^\n]/g, ' '))
}

/** Every element below, depth first. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    yield child
    yield* descendants(child)
  }
}

/** The trimmed text of the first child of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find(child => child.name === name)?.text.trim()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
