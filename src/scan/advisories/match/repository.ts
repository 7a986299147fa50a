import type { Package } from '../../../base/model/package.ts'

/** The ecosystem under which records about repositories stand, by `host/owner/name`. */
export const gitEcosystem = 'GIT'

/**
 * The repository that a package was taken from, where it was taken from one and not from a registry: `github.com/owner/name`. Actions are; others say
 * a commit and the address it was resolved from.
 */
export function repositoryOf({ type, name, extra }: Pick<Package, 'type' | 'name' | 'extra'>): string | undefined {
  if (type === 'github') return `github.com/${name.split('/').slice(0, 2).join('/')}`.toLowerCase()
  return extra?.commit && extra.resolved ? repositoryName(extra.resolved) : undefined
}

/** `https://github.com/Owner/Name.git`, `git+ssh://git@host/owner/name#ref`, `git@host:owner/name` → `host/owner/name`. */
export function repositoryName(address: string): string | undefined {
  const match =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/\s]{1,200}@)?([\w.-]{1,200})(?::\d{1,5})?\/([^\s?#]{1,400})/i.exec(
      address,
    ) ?? /^[\w-]{1,50}@([\w.-]{1,200}):([^\s?#]{1,400})/.exec(address)
  const path = match?.[2]?.replace(/\/+$/, '').replace(/\.git$/, '')
  return match && path ? `${match[1]}/${path}`.toLowerCase() : undefined
}
