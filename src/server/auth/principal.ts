import type { Role, TokenScope } from '../schemas/users.ts'

/** Who asks. */
export interface Principal {
  kind: 'user' | 'token' | 'local'
  /** The user's id; '' for the local administrator. */
  userId: string
  /** Which token it is. */
  tokenId?: string
  name: string
  /** undefined: a token that reads and writes nothing but what its scopes name. */
  role: Role | undefined
  scopes: readonly TokenScope[]
  session?: { id: string; csrf: string; expires: number }
}

/**
 * Who may call a route. `public`: anybody. `self`: whoever is signed in. `viewer`, `analyst`, `admin`: that role or a higher one. `agent`: an agent's token, or the
 * socket. `metrics`: a token for it, or a viewer.
 */
export type Access = 'public' | 'self' | 'viewer' | 'analyst' | 'admin' | 'agent' | 'metrics'

const ranks: Record<Role, number> = { viewer: 1, analyst: 2, admin: 3 }

/** The one place where it is decided. */
export function allows(access: Access, who: Principal | undefined): boolean {
  if (access === 'public') return true
  if (!who) return false
  if (access === 'self') return who.kind === 'user'
  if (access === 'agent') return who.kind === 'local' || who.scopes.includes('agent')
  if (access === 'metrics') return who.scopes.includes('metrics') || who.role !== undefined
  return who.role !== undefined && ranks[who.role] >= ranks[access]
}

/** What tells callers apart: names do not, since two tokens may have one name, and a user that of the local administrator. */
export function identityOf({ kind, userId, tokenId }: Principal): string {
  return `${kind} ${tokenId ?? userId}`
}

/** The lower of two roles. */
export function lowerRole(a: Role, b: Role): Role {
  return ranks[a] <= ranks[b] ? a : b
}

/** The role that a token's scopes give. */
export function roleOfScopes(scopes: readonly TokenScope[]): Role | undefined {
  if (scopes.includes('admin')) return 'admin'
  if (scopes.includes('write')) return 'analyst'
  return scopes.includes('read') ? 'viewer' : undefined
}

/** Whoever reaches the socket in the state folder: its permissions let nobody else in. */
export const local: Principal = {
  kind: 'local',
  userId: '',
  name: 'local',
  role: 'admin',
  scopes: ['read', 'write', 'admin', 'agent', 'metrics'],
}
