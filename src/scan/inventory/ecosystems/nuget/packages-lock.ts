import { foundList, idOf } from '../../../../base/found.ts'
import { entriesAt, entriesOf, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/**
 * packages.lock.json: `dependencies: { framework: { name: { type, requested, resolved, contentHash, dependencies } } }`, `type` one of
 * Direct, Transitive, CentralTransitive, Project. A project has no version.
 */
export const packagesLock: Extractor = {
  id: 'nuget',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'packages.lock.json' }],
  parse(file) {
    const found = foundList()
    for (const [, framework] of entriesAt(parseJsonObject(file.text()), 'dependencies')) {
      const entries = entriesOf(framework)
      const ids = new Map<string, string>()
      for (const [name, facts] of entries) {
        const version = stringAt(facts, 'resolved')
        if (version) ids.set(name.toLowerCase(), idOf({ name, version }))
      }
      for (const [name, facts] of entries) {
        const version = stringAt(facts, 'resolved')
        if (!version || stringAt(facts, 'type') === 'Project') continue
        const dependsOn = entriesAt(facts, 'dependencies').flatMap(([needed]) => ids.get(needed.toLowerCase()) ?? [])
        const integrity = stringAt(facts, 'contentHash')
        found.add({
          name,
          version,
          relationship: stringAt(facts, 'type') === 'Direct' ? 'direct' : 'indirect',
          ...(dependsOn.length > 0 && { dependsOn }),
          ...(integrity && { extra: { integrity } }),
        })
      }
    }
    return found.all()
  },
}
