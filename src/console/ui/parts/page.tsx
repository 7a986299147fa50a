import { type ReactNode, useEffect } from 'react'
import { useText } from '../text/text.tsx'

interface PageProps {
  title: string
  /** The screen's question, answered in a sentence. */
  answer?: ReactNode
  crumb?: ReactNode
  actions?: ReactNode
  /** The page fills the window and its table scrolls. */
  table?: boolean
  children: ReactNode
}

export function Page({ title, answer, crumb, actions, table = false, children }: PageProps) {
  const { t } = useText()
  useEffect(() => {
    document.title = `${title} · Jenner`
    const main = document.getElementById('main')
    main?.classList.toggle('has-table', table)
    return () => main?.classList.remove('has-table')
  }, [title, table])
  return (
    <div className={table ? 'page' : 'page wide'}>
      <header className="page-head">
        <div style={{ minWidth: 0, flex: '1 1 320px' }}>
          {crumb && (
            <nav className="crumb" aria-label={t('nav.crumb')}>
              {crumb}
            </nav>
          )}
          <h1>{title}</h1>
          {answer && <div className="page-answer">{answer}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface PanelProps {
  title: string
  note?: ReactNode
  flush?: boolean
  children: ReactNode
}

/** A titled box. `flush`: what is inside reaches its edges. */
export function Panel({ title, note, flush = false, children }: PanelProps) {
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {note && <div className="note small">{note}</div>}
      </div>
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  )
}

/** Names and values, one a line; what is undefined is left out. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
