import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const Context = createContext(0)

/** One clock for all relative times: ticks twice a minute. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return <Context value={now}>{children}</Context>
}

export function useNow(): number {
  return useContext(Context)
}
