import { entriesAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/** shard.lock (YAML), version 2.0: `shards: { NAME: { git, version } }`; before, `github: OWNER/NAME` for `git`, `commit` for `version`. A version may end in `+git.commit.HASH`. */
export const shardLock: Extractor = {
  id: 'shards',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'shard.lock' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => entriesAt(parseYamlObject(file.text()), 'shards').flatMap(packageOf),
}

function packageOf([name, facts]: [string, unknown]): FoundPackage[] {
  if (name === '') return []
  const stated = stringAt(facts, 'version') ?? ''
  const [version = '', pinned] = stated.split('+git.commit.')
  const commit = stringAt(facts, 'commit') ?? pinned
  const github = stringAt(facts, 'github')
  const resolved = stringAt(facts, 'git') ?? (github && `https://github.com/${github}`)
  return [{ name, version, extra: { ...(resolved && { resolved }), ...(commit && { commit }) } }]
}
