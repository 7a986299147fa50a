import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { sqliteRecords } from '../../../../base/sqlite.ts'
import { referenceOf } from './conan-lock.ts'

/**
 * Conan 2's cache, whose folders do not name what is in them: `p/cache.sqlite3`, table `packages (reference TEXT, rrev, pkgid, prev, path, …)` of the binaries
 * that were built or fetched. Recipes without one are not installed.
 */
export const conanCache: Extractor = {
  id: 'conan-cache',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'cache.sqlite3', where: ({ path }) => /(?:^|\/)p\/cache\.sqlite3$/.test(path) }],
  maxBytes: 256 * 1024 * 1024,
  parse: (file, problem = () => {}) => {
    const found = new Map<string, FoundPackage>()
    for (const row of sqliteRecords(file, 'packages', problem)) {
      const text = String(row.get('reference') ?? '')
      const reference = referenceOf(text)
      if (reference) found.set(text, reference)
    }
    return [...found.values()]
  },
}
