import type { ReactNode } from 'react'
import { useText } from '../text/text.tsx'
import { type Column, Head, useShown } from './columns.tsx'

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  empty?: ReactNode
  /** At most so many rows; the foot tells how many more there are. */
  limit?: number
}

/** A short table inside a panel: all of its rows are in the page. */
export function PlainTable<T>({ label, columns, rows, rowKey, empty, limit = 200 }: Props<T>) {
  const shown = useShown(columns)
  const { t } = useText()
  if (rows.length === 0) return <>{empty}</>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="table-box plain" aria-label={label} tabIndex={0}>
      <table className="data">
        <caption className="sr">{label}</caption>
        <Head columns={shown} />
        <tbody>
          {rows.slice(0, limit).map(row => (
            <tr key={rowKey(row)}>
              {shown.map(({ id, cell, end }) => (
                <td key={id} className={end ? 'end-cell' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > limit && <div className="state small">{t('table.more', { n: rows.length - limit })}</div>}
    </section>
  )
}
