import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { safeLink, visible } from '../format/safe.ts'
import { formatSearch, type UrlState } from '../format/url-state.ts'

interface GoProps {
  to: string
  search?: UrlState
  className?: string
  children: ReactNode
}

/** A link within the console; `to` is a path as `pathOf` makes it. Plain, since long tables hold one a row; a new tab and the like are the browser's. */
export function Go({ to, search = {}, className, children }: GoProps) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ to, search: search as never })
  }
  const preload = () => void router.preloadRoute({ to, search: search as never } as never).catch(() => {})
  return (
    <a href={`${to}${formatSearch(search)}`} className={className} onClick={go} onMouseEnter={preload}>
      {children}
    </a>
  )
}

/** A link outside: http(s) only, told nothing about where it was clicked. Anything else is shown as text. */
export function Outside({ url, children }: { url: string | undefined; children?: ReactNode }) {
  const href = safeLink(url)
  if (href === undefined) return <span className="mono">{children ?? visible(url ?? '')}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children ?? visible(href, { limit: 200 })}
    </a>
  )
}

/** Foreign text on one line, cut with an ellipsis; the whole on hover. */
export function Clip({ text, mono = false, className = '' }: { text: string; mono?: boolean; className?: string }) {
  const shown = visible(text, { limit: 2000 })
  return (
    <span className={`clip ${mono ? 'mono' : ''} ${className}`} title={shown}>
      {shown}
    </span>
  )
}
