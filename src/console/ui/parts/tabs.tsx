import { type ReactNode, useId } from 'react'
import { useUrl } from '../format/use-url.ts'

export interface Tab {
  id: string
  label: string
  count?: number
  show: () => ReactNode
}

/** Tabs whose choice stands in the address (`tab`); arrows move between them. */
export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  const [url, setUrl] = useUrl()
  const base = useId()
  const open = tabs.find(({ id }) => id === url['tab']) ?? tabs[0]!
  const choose = (id: string) => setUrl({ tab: id === tabs[0]!.id ? undefined : id })
  const step = (by: number) => {
    const next = tabs[(tabs.indexOf(open) + by + tabs.length) % tabs.length]!
    choose(next.id)
    document.getElementById(`${base}-${next.id}`)?.focus()
  }
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label}>
        {tabs.map(({ id, label, count }) => (
          <button
            key={id}
            id={`${base}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === open.id}
            aria-controls={`${base}-panel`}
            tabIndex={id === open.id ? 0 : -1}
            onClick={() => choose(id)}
            onKeyDown={({ key }) => (key === 'ArrowRight' ? step(1) : key === 'ArrowLeft' ? step(-1) : undefined)}
          >
            {label}
            {count !== undefined && <span className="n">{count}</span>}
          </button>
        ))}
      </div>
      <div
        id={`${base}-panel`}
        role="tabpanel"
        aria-labelledby={`${base}-${open.id}`}
        className="stack"
        style={{ flex: 1, minHeight: 0 }}
      >
        {open.show()}
      </div>
    </>
  )
}
