import { parse } from 'smol-toml'
import { stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/**
 * Project.toml of a package that is worked on, or JuliaProject.toml (Pkg's manual, "Project.toml and Manifest.toml"): `name`, `uuid` and `version` at the top. What
 * it needs stands in the manifest; `[compat]` only bounds it.
 */
export const project: Extractor = {
  id: 'julia-project',
  revision: 1,
  stage: 'lock',
  patterns: ['Project.toml', 'JuliaProject.toml'].map(basename => ({
    basename,
    // What Pkg fetched, and Julia's own libraries.
    where: ({ path }) => !/(?:^|\/)(?:\.julia|julia\/stdlib)\//.test(path),
  })),
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const document = parse(file.text())
    const [name, uuid, version] = ['name', 'uuid', 'version'].map(key => stringAt(document, key))
    // Other tools have a Project.toml; only Julia's has a uuid.
    if (!name || !uuid || !version) return undefined
    return [{ id: uuid, name, version, relationship: 'root', extra: { uuid } }]
  },
}
