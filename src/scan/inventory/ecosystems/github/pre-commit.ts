import { itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/** .pre-commit-config.yaml: `repos: [{ repo: ADDRESS, rev: VERSION, hooks: … }]`; `local` and `meta` are no repositories. Those of GitHub are named as actions are. */
export const preCommit: Extractor = {
  id: 'pre-commit',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: '.pre-commit-config.yaml' }],
  maxBytes: 1024 * 1024,
  parse: file =>
    itemsAt(parseYamlObject(file.text()), 'repos').flatMap((item): FoundPackage[] => {
      const version = stringAt(item, 'rev')
      const name =
        /^(?:https?:\/\/|git@|ssh:\/\/git@)github\.com[/:]([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/?$/.exec(
          stringAt(item, 'repo') ?? '',
        )?.[1]
      return name && version ? [{ name, version, development: true, relationship: 'direct' }] : []
    }),
}
