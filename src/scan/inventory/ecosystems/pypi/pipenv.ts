import { foundList } from '../../../../base/found.ts'
import { entriesOf, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'
import { fromFileName } from './requirement.ts'

/**
 * Pipfile.lock: categories `default`, `develop` and the user's own, each `name: { version: "==1.0", hashes, git, ref, markers … }`; `_meta` is none.
 * A git or local dependency without a version keeps its commit.
 */
export const pipenv: Extractor = {
  id: 'pipenv',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'Pipfile.lock', where: outsideSitePackages }],
  parse(file) {
    const found = foundList()
    for (const [category, packages] of entriesOf(parseJsonObject(file.text()))) {
      if (category === '_meta') continue
      for (const [name, facts] of entriesOf(packages)) {
        const version = versionOf(facts)
        const commit = stringAt(facts, 'ref')
        if (name === '' || (version === '' && !commit) || version === '*') continue
        const extra = originOf(facts, commit)
        found.add({ name, version, ...(category === 'develop' && { development: true }), ...(extra && { extra }) })
      }
    }
    return found.all()
  },
}

/** A file has it in its name. */
function versionOf(facts: unknown): string {
  const stated = (stringAt(facts, 'version') ?? '').replace(/^\s*={2,3}\s*/, '').trim()
  return stated || (fromFileName(stringAt(facts, 'file') ?? stringAt(facts, 'path') ?? '')?.version ?? '')
}

function originOf(facts: unknown, commit: string | undefined): Record<string, string> | undefined {
  const resolved = ['git', 'hg', 'svn', 'file'].flatMap(key => stringAt(facts, key) ?? [])[0]
  return resolved ? { resolved, ...(commit && { commit }) } : undefined
}
