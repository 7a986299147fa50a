import { foundList } from '../../../../base/found.ts'
import { entriesAt, itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/**
 * maven_install.json of Bazel's rules_jvm_external: version 2 `artifacts: { "GROUP:ARTIFACT[:EXTENSION[:CLASSIFIER]]": { version } }`; version 1
 * `dependency_tree: { dependencies: [{ coord: "GROUP:ARTIFACT[:…]:VERSION" }] }`. Files of sources and documents are the same artifact.
 */
export const mavenInstall: Extractor = {
  id: 'bazel-maven',
  revision: 1,
  stage: 'lock',
  patterns: [
    {
      extension: '.json',
      where: ({ path }) =>
        /(?:^|\/)(?:[\w-]+_)?maven(?:_[\w-]+)?_install\.json$|(?:^|\/)maven_install\.json$/.test(path),
    },
  ],
  maxBytes: 64 * 1024 * 1024,
  parse(file) {
    const lock = parseJsonObject(file.text())
    const found = foundList()
    const add = (coordinate: string, stated?: string) => {
      const parts = coordinate.split(':')
      const version = stated ?? parts.at(-1)
      const [group, artifact] = parts
      if (group && artifact && version && (stated !== undefined || parts.length > 2))
        found.add({ name: `${group}:${artifact}`, version })
    }
    for (const [coordinate, facts] of entriesAt(lock, 'artifacts')) add(coordinate, stringAt(facts, 'version') ?? '')
    for (const item of itemsAt(own(lock, 'dependency_tree'), 'dependencies')) add(stringAt(item, 'coord') ?? '')
    return found.all()
  },
}
