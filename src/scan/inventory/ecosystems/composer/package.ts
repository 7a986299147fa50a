import { entriesAt, isObject, itemsAt, own, stringAt } from '../../../../base/json.ts'

/** A package as composer.lock and installed.json state it: plain JSON, kept as facts. */
export interface ComposerPackage {
  name: string
  version: string
  licenses: string[]
  /** Names it requires, lower case; platform requirements (`php`, `ext-json`) among them. */
  needs: string[]
  extra?: Record<string, string>
}

/** Packages of a list, in Composer's own form (getcomposer.org, schema of composer.json). Names are not case-sensitive. */
export function readPackages(list: unknown[]): ComposerPackage[] {
  return list.flatMap(item => {
    const name = stringAt(item, 'name')
    const version = stringAt(item, 'version')
    if (!isObject(item) || !name || !version) return []
    const commit = stringAt(own(item, 'source'), 'reference') ?? stringAt(own(item, 'dist'), 'reference')
    const resolved = stringAt(own(item, 'source'), 'url') ?? stringAt(own(item, 'dist'), 'url')
    return [
      {
        name,
        version,
        licenses: licensesOf(item),
        needs: requiredNames(item, 'require'),
        ...((resolved || commit) && { extra: { ...(resolved && { resolved }), ...(commit && { commit }) } }),
      },
    ]
  })
}

export function requiredNames(manifest: unknown, field: string): string[] {
  return entriesAt(manifest, field).map(([name]) => name.toLowerCase())
}

/** A string, or a list of which any may be chosen. */
function licensesOf(item: unknown): string[] {
  const license = own(item, 'license')
  const list = typeof license === 'string' ? [license] : itemsAt(item, 'license')
  return list.filter((name): name is string => typeof name === 'string' && name !== '')
}
