import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { JennerError } from '../../../base/errors.ts'

/** An XML element with its children; names without their namespace prefix. */
export interface XmlNode {
  name: string
  attributes: Map<string, string>
  children: XmlNode[]
  text: string
}

const maxDepth = 64
const maxNodes = 2_000_000

/**
 * The elements called one of `names`, one tree at a time, of an XML text of any size (outermost ones: an element inside a wanted one is its child).
 * Entities of a DTD are not expanded. Throws JennerError malformed (not well-formed), limit_exceeded (depth, size of one element).
 */
export async function* xmlElements(chunks: AsyncIterable<Uint8Array>, names: string[]): AsyncGenerator<XmlNode> {
  const wanted = new Set(names)
  const ready: XmlNode[] = []
  const stack: XmlNode[] = []
  let depth = 0
  let nodes = 0
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw new JennerError('malformed', error.message, error)
  })
  parser.on('opentag', tag => {
    if (++depth > maxDepth) throw new JennerError('limit_exceeded', 'XML nested too deeply')
    const name = local(tag.name)
    if (stack.length === 0 && !wanted.has(name)) return
    if (++nodes > maxNodes) throw new JennerError('limit_exceeded', 'one XML element is too large')
    const attributes = new Map(Object.entries(tag.attributes).map(([key, value]) => [local(key), String(value)]))
    const node: XmlNode = { name, attributes, children: [], text: '' }
    stack.at(-1)?.children.push(node)
    stack.push(node)
  })
  const addText = (text: string) => {
    const node = stack.at(-1)
    if (node !== undefined && node.text.length < 1_000_000) node.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    depth--
    const node = stack.pop()
    if (node === undefined || stack.length > 0) return
    ready.push(node)
    nodes = 0
  })
  const decoder = new StringDecoder('utf8')
  for await (const chunk of chunks) {
    parser.write(decoder.write(chunk as Buffer))
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready.splice(0)
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Direct children called `name`. */
export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node?.children.filter(child => child.name === name) ?? []
}

/** Trimmed text of the first direct child called `name`; '' without one. */
export function textOf(node: XmlNode | undefined, name: string): string {
  return childrenOf(node, name)[0]?.text.trim() ?? ''
}

/** All descendants called `name`. */
export function* descendants(node: XmlNode, name: string): Generator<XmlNode> {
  for (const child of node.children) {
    if (child.name === name) yield child
    yield* descendants(child, name)
  }
}
