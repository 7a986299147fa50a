import { itemsAt, own, stringAt } from '../../../../base/json.ts'
import { projectLock } from './project-lock.ts'
import { lockedPackages, requiredNames } from './toml-lock.ts'

/** pdm.lock. A package has one entry for each set of its extras that somebody asks for; `groups` holds `default` where it is part of the product. */
export const pdm = projectLock('pdm', 'pdm.lock', text =>
  lockedPackages(text).map(({ name, version, table, lines }) => {
    const groups = itemsAt(table, 'groups').filter(group => typeof group === 'string')
    const commit = stringAt(table, 'revision')
    const resolved = stringAt(table, 'git') ?? stringAt(table, 'url')
    return {
      name,
      version,
      ...(lines && { lines }),
      needs: requiredNames(own(table, 'dependencies')),
      ...(groups.length > 0 && { groups }),
      ...(commit && resolved && { extra: { resolved, commit } }),
    }
  }),
)
