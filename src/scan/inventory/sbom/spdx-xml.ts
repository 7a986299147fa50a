import { JennerError } from '../../../base/errors.ts'
import { childText, descendants, type XmlElement } from '../../../base/xml.ts'
import type { Json } from './json.ts'

/**
 * SPDX 2.x in XML, as the JSON form of the same specification. Two of them are written: `<Document>` with elements named as the JSON keys, a list's items one
 * after the other; and RDF/XML (`<rdf:RDF>`, the terms of http://spdx.org/rdf/terms), in which packages stand wherever something leads to them.
 */
export function spdxFromXml(root: XmlElement): Json {
  if (root.name === 'RDF') return fromRdf(root)
  if (root.name !== 'Document')
    throw new JennerError('malformed', `root element is ${root.name.slice(0, 100)}, not an SBOM's`)
  return {
    spdxVersion: childText(root, 'spdxVersion') ?? '',
    name: childText(root, 'name'),
    documentDescribes: childrenOf(root, 'documentDescribes').map(({ text }) => text.trim()),
    packages: childrenOf(root, 'packages').map(plainPackage),
    relationships: childrenOf(root, 'relationships').map(textsOf),
  }
}

function plainPackage(element: XmlElement): Json {
  return {
    ...textsOf(element),
    externalRefs: childrenOf(element, 'externalRefs').map(textsOf),
    annotations: childrenOf(element, 'annotations').map(textsOf),
    attributionTexts: childrenOf(element, 'attributionTexts').map(({ text }) => text.trim()),
  }
}

const wanted =
  'SPDXID name versionInfo supplier licenseDeclared licenseConcluded sourceInfo primaryPackagePurpose referenceCategory referenceType referenceLocator comment spdxElementId relationshipType relatedSpdxElement'.split(
    ' ',
  )

/** The wanted children that are texts. */
function textsOf(element: XmlElement): Json {
  return Object.fromEntries(wanted.map(name => [name, childText(element, name)]))
}

function fromRdf(root: XmlElement): Json {
  const packages = new Map<string, Json>()
  let version = ''
  let name: string | undefined
  for (const element of descendants(root)) {
    if (isA(element, 'SpdxDocument')) {
      version ||= childText(element, 'specVersion') ?? ''
      name ??= childText(element, 'name')
    }
    const found = isA(element, 'Package') ? rdfPackage(element) : undefined
    if (found) packages.set(String(found.SPDXID) || `#${packages.size}`, found)
  }
  return { spdxVersion: version, name, packages: [...packages.values()] }
}

/** Of a class by its name, or as `<rdf:Description>` by its `rdf:type`. */
function isA(element: XmlElement, name: string): boolean {
  return element.name === name || (element.name === 'Description' && termOf(element, 'type') === name)
}

/** A package described here; one that is only pointed to has no name. */
function rdfPackage(element: XmlElement): Json | undefined {
  const name = childText(element, 'name')
  if (name === undefined) return undefined
  const about = attribute(element, 'about') || attribute(element, 'ID')
  return {
    SPDXID: about.slice(about.indexOf('#') + 1),
    name,
    versionInfo: childText(element, 'versionInfo'),
    supplier: childText(element, 'supplier'),
    sourceInfo: childText(element, 'sourceInfo'),
    licenseDeclared: licenseOf(element, 'licenseDeclared'),
    licenseConcluded: licenseOf(element, 'licenseConcluded'),
    primaryPackagePurpose: termOf(element, 'primaryPackagePurpose')
      .replace(/^purpose_/, '')
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toUpperCase(),
    externalRefs: childrenOf(element, 'externalRef')
      .flatMap(({ children }) => children)
      .map(reference => ({
        referenceType: targetOf(reference, 'referenceType'),
        referenceLocator: childText(reference, 'referenceLocator'),
      })),
  }
}

/** What a property leads to: an address as attribute, an element that has one, or text. */
function targetOf(element: XmlElement, name: string): string {
  const [property] = childrenOf(element, name)
  if (!property) return ''
  const [inner] = property.children
  return attribute(property, 'resource') || (inner ? attribute(inner, 'about') : '') || property.text.trim()
}

const termOf = (element: XmlElement, name: string): string => targetOf(element, name).replace(/^.*[#/]/, '')

/** Licences of SPDX's list by their address; expressions, which RDF takes apart into nodes, are left out. */
function licenseOf(element: XmlElement, name: string): string | undefined {
  const target = targetOf(element, name)
  return /^https?:\/\/spdx\.org\/licenses\/[\w.+-]{1,100}$/.test(target) ? termOf(element, name) : undefined
}

function attribute(element: XmlElement, name: string): string {
  for (const [key, value] of element.attributes) if (key === name || key.endsWith(`:${name}`)) return value
  return ''
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(child => child.name === name)
}
