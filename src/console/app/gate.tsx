import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import type { Me } from '../../server/schemas/users.ts'
import { ApiError, read, setCsrf, whenSignedOut } from '../ui/api/client.ts'
import { SessionProvider } from '../ui/api/session.tsx'
import { Failed, Loading } from '../ui/parts/states.tsx'
import { router } from './router.tsx'

const SignIn = lazy(() => import('../features/session/sign-in.tsx').then(({ SignIn }) => ({ default: SignIn })))

/** The console for who is signed in, the sign-in page for everybody else. */
export function Gate() {
  const client = useQueryClient()
  const me = useQuery<Me | null, ApiError>({ queryKey: ['me'], queryFn: whoAmI, staleTime: 300_000 })
  useEffect(() => whenSignedOut(() => client.setQueryData(['me'], null)), [client])
  if (me.isPending) return <Loading rows={3} />
  if (me.error && me.data === undefined)
    return (
      <main className="sign">
        <Failed error={me.error} retry={() => void me.refetch()} />
      </main>
    )
  if (!me.data)
    return (
      <Suspense fallback={<Loading rows={3} />}>
        <SignIn
          enter={session => {
            setCsrf(session.csrf)
            client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
            client.setQueryData(['me'], session)
          }}
        />
      </Suspense>
    )
  return (
    <SessionProvider value={me.data}>
      <RouterProvider router={router} />
    </SessionProvider>
  )
}

async function whoAmI(): Promise<Me | null> {
  try {
    const me = await read<Me>('auth/me')
    setCsrf(me.csrf)
    return me
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}
