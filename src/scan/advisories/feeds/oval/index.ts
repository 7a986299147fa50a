import type { FeedItem } from '../../../../base/model/advisory.ts'
import { childrenOf, descendants, textOf, type XmlNode, xmlElements } from '../../input/xml.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { definitionItems } from './definition.ts'
import type { Objects } from './objects.ts'

/**
 * OVAL definitions (https://oval-community-guidelines.readthedocs.io) of RPM distributions (Oracle, Azure Linux, SUSE, Red Hat, AlmaLinux, Photon), and of Debian and Ubuntu, which say it in words,
 * except for Ubuntu's notices (USN), whose tests are of binary packages.
 * Definitions come first in the file and name tests that come last, so the criteria are kept until the tests are known.
 */
export const oval: Feed = {
  id: 'oval',
  title: {
    en: 'OVAL definitions (Oracle, Azure Linux, SUSE, Photon)',
    ko: 'OVAL 정의 (오라클, 애저 리눅스, SUSE, 포톤)',
  },
  licence: 'by vendor',
  homepage: 'https://linux.oracle.com/security/oval/',
  downloads: [
    { urls: ['https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2'], file: 'oracle-oval.xml.bz2' },
    ...['azurelinux-3.0', 'cbl-mariner-2.0'].map(name => ({
      urls: [`https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/${name}-oval.xml`],
      file: `${name}-oval.xml`,
    })),
  ],
  detect: file => /<(?:\w+:)?oval_definitions\b/.test(file.head),
  parse: parseOval,
}

const elements = [
  'definition',
  'constant_variable',
  ...['rpminfo', 'dpkginfo', 'textfilecontent54'].flatMap(kind => [`${kind}_test`, `${kind}_object`, `${kind}_state`]),
]

/** Ubuntu's objects: of dpkg, or of the manifest that comes with a cloud image; both by a variable that holds the names. */
function listOf(node: XmlNode): string {
  const [named] = [...childrenOf(node, 'name'), ...childrenOf(node, 'pattern')]
  return named?.attributes.get('var_ref') ?? ''
}

/** Names of packages: `libssh-4`, or as the pattern of a manifest's line, `^libssh-4(?::\\w+|)\\s+(.*)$`. */
function valuesOf(node: XmlNode): string[] {
  return childrenOf(node, 'value').flatMap(
    ({ text }) => /^\^?([a-z0-9][a-z0-9+.-]{0,200})(?:\(|$)/.exec(text.trim().replaceAll('\\', ''))?.[1] ?? [],
  )
}

async function* parseOval(file: FeedFile): AsyncGenerator<FeedItem> {
  const definitions: XmlNode[] = []
  const objects: Objects = {
    tests: new Map(),
    names: new Map(),
    states: new Map(),
    lists: new Map(),
    variables: new Map(),
  }
  for await (const node of xmlElements(file.chunks(), elements)) {
    const id = node.attributes.get('id') ?? ''
    if (node.name === 'definition') definitions.push(node)
    else if (node.name === 'rpminfo_object') objects.names.set(id, textOf(node, 'name'))
    else if (node.name.endsWith('_object')) objects.lists.set(id, listOf(node))
    else if (node.name === 'constant_variable') objects.variables.set(id, valuesOf(node))
    else if (node.name.endsWith('_test')) objects.tests.set(id, testOf(node))
    else objects.states.set(id, stateOf(node))
  }
  let said = false
  for (const definition of definitions)
    for (const item of definitionItems(definition, objects, file.path)) {
      said = true
      yield item
    }
  if (!said && definitions.length > 0)
    yield { kind: 'problem', path: file.path, detail: `${definitions.length} definitions, none of them understood` }
}

function testOf(node: XmlNode) {
  const at = (name: string, ref: string) => childrenOf(node, name)[0]?.attributes.get(ref) ?? ''
  return { object: at('object', 'object_ref'), state: at('state', 'state_ref') }
}

/** `evr` with its operation, `arch` as a pattern of words joined by `|`. */
function stateOf(node: XmlNode) {
  const [evr] = [...descendants(node, 'evr'), ...descendants(node, 'subexpression')]
  const arches = textOf(node, 'arch')
    .replace(/[()^$]/g, '')
    .split('|')
    .filter(arch => arch !== '')
  return { evr: evr?.text.trim() ?? '', operation: evr?.attributes.get('operation') ?? '', arches }
}
