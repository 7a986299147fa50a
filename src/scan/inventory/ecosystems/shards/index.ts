import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { shardLock } from './shard-lock.ts'

/** Crystal. Nobody publishes advisories by shard: they are known, not judged. */
export const shards: Ecosystem = {
  type: 'shards',
  title: { en: 'Crystal (Shards)', ko: 'Crystal (Shards)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [shardLock],
}
