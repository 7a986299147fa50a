import { createContext, useContext } from 'react'
import type { Me, Role } from '../../../server/schemas/users.ts'

const Context = createContext<Me | undefined>(undefined)
export const SessionProvider = Context.Provider

/** Who is signed in. */
export function useMe(): Me {
  const me = useContext(Context)
  if (me === undefined) throw new Error('SessionProvider is missing')
  return me
}

const ranks: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 }

/** Whether the reader has at least `role`. The server decides; this only hides what it would refuse. */
export function useMay(role: Role): boolean {
  return ranks[useMe().user.role] >= ranks[role]
}
