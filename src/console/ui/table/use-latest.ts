import { useCallback, useEffect, useRef } from 'react'

/** A function that stays the same from render to render and runs the newest `run`: for handlers, never while rendering. */
export function useLatest<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  return useCallback((...args: A) => latest.current(...args), [])
}
