import { entriesAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { spackPackage } from './spec.ts'

/** spack.lock of an environment (JSON): `{ _meta, roots, concrete_specs: { HASH: { name, version, … } } }`; the oldest form has `{ HASH: { NAME: { version } } }`. */
export const spackLock: Extractor = {
  id: 'spack-lock',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'spack.lock' }],
  maxBytes: 64 * 1024 * 1024,
  parse: file =>
    entriesAt(parseJsonObject(file.text()), 'concrete_specs').flatMap(([, spec]) => {
      const name = stringAt(spec, 'name')
      return name
        ? spackPackage(name, spec)
        : Object.entries(Object(spec)).flatMap(([key, node]) => spackPackage(key, node))
    }),
}
