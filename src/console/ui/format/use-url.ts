import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { UrlState } from './url-state.ts'

/** The address's query as the screen's state, and how to change parts of it (undefined takes a part away). */
export function useUrl(): [UrlState, (patch: Record<string, string | undefined>) => void] {
  const state = useSearch({ strict: false }) as UrlState
  const navigate = useNavigate()
  const change = useCallback(
    (patch: Record<string, string | undefined>) =>
      void navigate({
        to: '.',
        search: ((before: UrlState) => ({ ...before, ...patch })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  return [state, change]
}
