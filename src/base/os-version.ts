/** An OS package's version in its parts. Epoch 0 is absent. */
export interface VersionParts {
  epoch?: number
  version: string
  release?: string
}

/**
 * Takes a version apart as its package manager does: `[epoch:]version[-release]`, the release behind the last hyphen (deb-version(7); RPM's N-E:V-R).
 * Alpine's `-r4` stays part of the version, as its own tools show it.
 */
export function splitVersion(type: string, whole: string): VersionParts {
  if (type !== 'deb' && type !== 'rpm' && type !== 'alpm') return { version: whole }
  const [, epoch = '', rest = ''] = /^(?:(\d+):)?([\s\S]*)$/.exec(whole) ?? []
  const hyphen = rest.lastIndexOf('-')
  const parts: VersionParts =
    hyphen > 0 ? { version: rest.slice(0, hyphen), release: rest.slice(hyphen + 1) } : { version: rest }
  if (epoch !== '' && Number(epoch) !== 0) parts.epoch = Number(epoch)
  return parts
}
