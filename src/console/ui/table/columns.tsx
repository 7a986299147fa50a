import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo } from 'react'
import { useUrl } from '../format/use-url.ts'
import { useText } from '../text/text.tsx'

export interface Column<T> {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** In pixels; a column without takes what is left. */
  width?: number
  /** Shown from this width of the window on; always where not given. */
  from?: 'sm' | 'md' | 'lg' | 'xl'
  /** The API's name to sort by: the header becomes a button. */
  sort?: string
  end?: boolean
}

interface SelectAll {
  table: {
    getIsAllRowsSelected(): boolean
    getIsSomeRowsSelected(): boolean
    toggleAllRowsSelected(on?: boolean): void
  }
}

/** The columns that this window has room for. */
export function useShown<T>(columns: Column<T>[]): Column<T>[] {
  const sm = useMediaQuery('(min-width: 640px)', true, { getInitialValueInEffect: false })
  const md = useMediaQuery('(min-width: 1000px)', true, { getInitialValueInEffect: false })
  const lg = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false })
  const xl = useMediaQuery('(min-width: 1680px)', true, { getInitialValueInEffect: false })
  return useMemo(() => {
    const room = { sm, md, lg, xl }
    return columns.filter(({ from }) => from === undefined || room[from])
  }, [columns, sm, md, lg, xl])
}

/** The head of a table; a click on a sortable name sorts by it, a second one the other way. */
export function Head<T>({ columns, selectAll }: { columns: Column<T>[]; selectAll?: SelectAll }) {
  const { t } = useText()
  return (
    <>
      <colgroup>
        {selectAll && <col style={{ width: 36 }} />}
        {columns.map(({ id, width }) => (
          <col key={id} {...(width === undefined ? {} : { style: { width } })} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selectAll && (
            <th scope="col">
              <input
                type="checkbox"
                className="check"
                checked={selectAll.table.getIsAllRowsSelected()}
                ref={box => {
                  if (box)
                    box.indeterminate =
                      selectAll.table.getIsSomeRowsSelected() && !selectAll.table.getIsAllRowsSelected()
                }}
                onChange={event => selectAll.table.toggleAllRowsSelected(event.currentTarget.checked)}
                aria-label={t('table.choose_all')}
              />
            </th>
          )}
          {columns.map(column => (
            <HeadCell key={column.id} column={column} />
          ))}
        </tr>
      </thead>
    </>
  )
}

function HeadCell<T>({ column: { header, sort, end } }: { column: Column<T> }) {
  const [url, setUrl] = useUrl()
  const className = end ? 'end-cell' : undefined
  if (sort === undefined)
    return (
      <th scope="col" className={className} title={header}>
        {header}
      </th>
    )
  const up = url['sort'] === sort
  const down = url['sort'] === `-${sort}`
  return (
    <th scope="col" className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'} title={header}>
      <button type="button" onClick={() => setUrl({ sort: down ? sort : up ? undefined : `-${sort}` })}>
        {header}
        {up ? ' ↑' : down ? ' ↓' : ''}
      </button>
    </th>
  )
}
