import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { shardLock } from './shard-lock.ts'
import { shardsTraits } from './traits.ts'

export const shards: Ecosystem = {
  ...shardsTraits,
  extractors: [shardLock],
}
