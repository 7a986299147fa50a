import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Crystal. Nobody publishes advisories by shard: they are known, not judged. */
export const shardsTraits: EcosystemTraits = {
  type: 'shards',
  title: { en: 'Crystal (Shards)', ko: 'Crystal (Shards)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
