import { memo } from 'react'
import { useText } from '../text/text.tsx'
import type { Column } from './columns.tsx'

interface Props<T> {
  row: T
  id: string
  index: number
  columns: Column<T>[]
  current: boolean
  link: boolean
  /** Undefined where rows cannot be chosen. */
  selected: boolean | undefined
  click: (event: React.MouseEvent, index: number) => void
  choose: (id: string) => void
}

/** A row is drawn anew only when something of its own changed: scrolling draws what comes into sight and nothing else. */
export const DataRow = memo(Row) as typeof Row

function Row<T>({ row, id, index, columns, current, link, selected, click, choose }: Props<T>) {
  const { t } = useText()
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={current}
      className={link ? 'link' : ''}
      onClick={event => click(event, index)}
    >
      {selected !== undefined && (
        <td>
          <input
            type="checkbox"
            className="check"
            checked={selected}
            onChange={() => choose(id)}
            aria-label={t('table.choose', { row: id })}
          />
        </td>
      )}
      {columns.map(column => (
        <td key={column.id} className={column.end ? 'end-cell' : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
