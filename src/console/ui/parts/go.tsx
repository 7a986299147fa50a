import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { safeLink, visible } from '../format/safe.ts'
import type { UrlState } from '../format/url-state.ts'

interface GoProps {
  to: string
  search?: UrlState
  className?: string
  children: ReactNode
}

/** A link within the console; `to` is a path as `pathOf` makes it. */
export function Go({ to, search = {}, className, children }: GoProps) {
  return (
    <Link to={to as string} search={search as never} {...(className ? { className } : {})}>
      {children}
    </Link>
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
