import { SaxesParser } from 'saxes'
import { JennerError } from '../../../base/errors.ts'
import type { Json } from './json.ts'

const maxDepth = 128
const maxElements = 5_000_000

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/**
 * Turns a CycloneDX XML document (`<bom xmlns="http://cyclonedx.org/schema/bom/1.x">`) into the JSON form of the same specification,
 * so that one reader serves both. No DTD entity is expanded; depth and element count are bounded.
 */
export function cycloneDxFromXml(text: string): Json {
  const bom = parse(text)
  if (bom.name !== 'bom') throw new JennerError('malformed', `root element is ${bom.name}, not bom`)
  const metadata = child(bom, 'metadata')
  return {
    bomFormat: 'CycloneDX',
    metadata: metadata ? { component: componentJson(child(metadata, 'component')) } : {},
    components: child(bom, 'components')?.children.map(componentJson) ?? [],
    dependencies: (child(bom, 'dependencies')?.children ?? []).map(({ attributes, children }) => ({
      ref: attributes.ref,
      dependsOn: children.map(({ attributes: inner }) => inner.ref),
    })),
  }
}

function componentJson(element: Element | undefined): Json {
  if (!element) return {}
  const value = (name: string) => child(element, name)?.text.trim()
  return {
    type: element.attributes.type,
    'bom-ref': element.attributes['bom-ref'],
    group: value('group'),
    name: value('name'),
    version: value('version'),
    purl: value('purl'),
    cpe: value('cpe'),
    supplier: { name: child(child(element, 'supplier'), 'name')?.text.trim() },
    licenses: (child(element, 'licenses')?.children ?? []).map(item =>
      item.name === 'expression'
        ? { expression: item.text.trim() }
        : { license: { id: child(item, 'id')?.text.trim(), name: child(item, 'name')?.text.trim() } },
    ),
    properties: (child(element, 'properties')?.children ?? []).map(({ attributes, text }) => ({
      name: attributes.name,
      value: text.trim(),
    })),
    evidence: {
      occurrences: (child(child(element, 'evidence'), 'occurrences')?.children ?? []).map(item => ({
        location: child(item, 'location')?.text.trim(),
      })),
    },
    components: child(element, 'components')?.children.map(componentJson),
  }
}

function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find(candidate => candidate.name === name)
}

function parse(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const stack = [root]
  let count = 0
  const parser = new SaxesParser({ fragment: false })
  parser.on('error', error => {
    throw new JennerError('malformed', error.message)
  })
  parser.on('doctype', () => {
    throw new JennerError('malformed', 'a DOCTYPE has no place in an SBOM')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > maxElements || stack.length > maxDepth)
      throw new JennerError('limit_exceeded', 'XML too deep or too large')
    const element: Element = {
      name: name.replace(/^.*:/, ''),
      attributes: attributes as Record<string, string>,
      children: [],
      text: '',
    }
    stack.at(-1)!.children.push(element)
    stack.push(element)
  })
  parser.on('text', piece => {
    stack.at(-1)!.text += piece
  })
  parser.on('cdata', piece => {
    stack.at(-1)!.text += piece
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  parser.write(text).close()
  return root.children[0] ?? root
}
