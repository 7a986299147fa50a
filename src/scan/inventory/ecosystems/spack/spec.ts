import { entriesAt, entriesOf, itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * What Spack writes into each prefix, `.spack/spec.json`: `{ spec: { _meta: { version }, nodes: [{ name, version, hash, … }] } }`. The first node is the package
 * that is installed there, the others are what it was built of and stand in prefixes of their own. Before version 2 of the form, `spec` is a list of
 * `{ NAME: { version, hash, … } }`.
 */
export const spackSpec: Extractor = {
  id: 'spack',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'spec.json', where: ({ path }) => /(?:^|\/)\.spack\/spec\.json$/.test(path) }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const document = parseJsonObject(file.text())
    const [node] = itemsAt(own(document, 'spec'), 'nodes')
    if (node !== undefined) return spackPackage(stringAt(node, 'name'), node)
    const [older] = entriesOf(itemsAt(document, 'spec')[0])
    return older ? spackPackage(...older) : undefined
  },
}

/** A concrete spec as a package. */
export function spackPackage(name: string | undefined, node: unknown): FoundPackage[] {
  const version = stringAt(node, 'version')
  if (!name || !version) return []
  const hash = stringAt(node, 'hash')
  const arch = stringAt(own(node, 'arch'), 'target') ?? stringAt(own(own(node, 'arch'), 'target'), 'name')
  const listed = itemsAt(node, 'dependencies').map(need => stringAt(need, 'name'))
  const needs = [...listed, ...entriesAt(node, 'dependencies').map(([need]) => need)]
  return [
    {
      name,
      version,
      dependsOn: needs.filter(need => need !== undefined),
      ...(hash && { extra: { hash } }),
      ...(arch && { arch }),
    },
  ]
}
