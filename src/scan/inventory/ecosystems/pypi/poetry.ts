import { itemsAt, own, stringAt } from '../../../../base/json.ts'
import { type LockFact, projectLock } from './project-lock.ts'
import { lockedPackages, type Table, tableKeys } from './toml-lock.ts'

/** poetry.lock, lock-version 1.0 to 2.1. */
export const poetry = projectLock('poetry', 'poetry.lock', text =>
  lockedPackages(text).map(({ name, version, table, lines }) => ({
    name,
    version,
    ...(lines && { lines }),
    needs: tableKeys(own(table, 'dependencies')),
    ...developmentOf(table),
    ...originOf(table),
  })),
)

/** 1.x before 1.5 wrote `category`, 2.1 writes `groups`; between, only pyproject.toml knows. */
function developmentOf(table: Table): Pick<LockFact, 'development'> {
  const category = stringAt(table, 'category')
  if (category !== undefined) return { development: category !== 'main' }
  const groups = itemsAt(table, 'groups')
  return groups.length > 0 ? { development: !groups.includes('main') } : {}
}

function originOf(table: Table): Pick<LockFact, 'extra'> {
  const source = own(table, 'source')
  const resolved = stringAt(source, 'url')
  const commit = stringAt(source, 'type') === 'git' ? stringAt(source, 'resolved_reference') : undefined
  return commit && resolved ? { extra: { resolved, commit } } : {}
}
