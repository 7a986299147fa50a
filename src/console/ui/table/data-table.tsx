import { useNavigate } from '@tanstack/react-router'
import { type RowSelectionState, rowSelectionFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '../api/client.ts'
import { count } from '../format/number.ts'
import { useKeys } from '../keys/use-keys.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { useText } from '../text/text.tsx'
import { type Column, Head, useShown } from './columns.tsx'
import { DataRow } from './data-row.tsx'
import { useLatest } from './use-latest.ts'

export interface Source<T> {
  rows: T[]
  total: number | undefined
  isPending: boolean
  error: ApiError | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  source: Source<T>
  rowKey: (row: T) => string
  /** Where a row leads: Enter, `o` or a click. */
  href?: (row: T) => string
  empty: ReactNode
  /** Given when rows may be chosen (`x`). */
  onSelect?: (rows: T[]) => void
  /** Keys that act on the row under the cursor. */
  keys?: Record<string, (row: T) => void>
}

const features = tableFeatures({ rowSelectionFeature })
const rowHeight = 44
const none: never[] = []

/**
 * A long list: only the rows on screen are in the page, the next are fetched before they are needed. `j` and `k` move the cursor, Enter opens, `x` chooses.
 */
export function DataTable<T extends object>(props: Props<T>) {
  const { source, rowKey, onSelect } = props
  const { lang, t } = useText()
  const box = useRef<HTMLElement>(null)
  const [selection, setSelection] = useState<RowSelectionState>({})
  const columns = useShown(props.columns)
  const definitions = useMemo(() => columns.map(({ id, header }) => ({ id, header })), [columns])
  const table = useTable({
    features,
    columns: definitions as never,
    data: source.rows.length === 0 ? (none as T[]) : source.rows,
    getRowId: (row: T) => rowKey(row),
    state: { rowSelection: selection },
    onRowSelectionChange: setSelection,
  })
  const rows = table.getRowModel().rows
  const { rows: all } = source
  const tell = useLatest((chosen: RowSelectionState) => onSelect?.(all.filter(row => chosen[rowKey(row)])))
  useEffect(() => tell(selection), [selection, tell])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: index => rows[index]!.id,
  })
  const choose = useLatest((id: string) => table.getRow(id)?.toggleSelected())
  const cursor = useCursor(props, index => virtual.scrollToIndex(index), choose)
  const click = useLatest(cursor.click)
  const items = virtual.getVirtualItems()
  useMore(source, items.at(-1)?.index ?? -1)
  if (source.isPending)
    return (
      <section className="table-box" aria-label={props.label}>
        <Loading rows={12} />
      </section>
    )
  if (source.error && all.length === 0)
    return (
      <section className="table-box" aria-label={props.label}>
        <Failed error={source.error} retry={source.refetch} />
      </section>
    )
  if (all.length === 0)
    return (
      <section className="table-box" aria-label={props.label}>
        {props.empty}
      </section>
    )
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="table-box" ref={box} aria-label={props.label} tabIndex={0}>
        <table className="data" aria-rowcount={source.total ?? all.length}>
          <caption className="sr">{props.label}</caption>
          <Head columns={columns} {...(onSelect ? { selectAll: { table: table as never } } : {})} />
          <tbody>
            <Spacer height={before} span={columns.length + (onSelect ? 1 : 0)} />
            {items.map(({ index }) => {
              const row = rows[index]!
              return (
                <DataRow
                  key={row.id}
                  row={row.original}
                  id={row.id}
                  index={index}
                  columns={columns}
                  current={cursor.index === index}
                  link={props.href !== undefined}
                  selected={onSelect ? selection[row.id] === true : undefined}
                  click={click}
                  choose={choose}
                />
              )
            })}
            <Spacer height={after} span={columns.length + (onSelect ? 1 : 0)} />
          </tbody>
        </table>
      </section>
      <div className="table-foot" role="status">
        <span>
          {source.total === undefined || source.total <= all.length
            ? t('table.all', { n: count(all.length, lang) })
            : t('table.part', {
                n: count(all.length, lang),
                total: `${count(source.total, lang)}${source.total >= 10_000 ? '+' : ''}`,
              })}
        </span>
        {source.isFetchingNextPage && <span>{t('state.loading')}</span>}
      </div>
    </>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    <tr className="spacer">
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

function useMore<T>(source: Source<T>, lastShown: number): void {
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = source
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 60) void fetchNextPage()
  }, [lastShown, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage])
}

function useCursor<T>(
  { source, rowKey, href, keys = {} }: Props<T>,
  show: (index: number) => void,
  choose: (id: string) => void,
) {
  const [index, setIndex] = useState(-1)
  const navigate = useNavigate()
  const { rows } = source
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index + by))
    setIndex(next)
    show(next)
  }
  const at = (run: (row: T) => void) => () => {
    const row = rows[index]
    if (row !== undefined) run(row)
  }
  const open = (row: T) => {
    if (href) void navigate({ to: href(row) })
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    o: at(open),
    Enter: at(open),
    x: at(row => choose(rowKey(row))),
    ...Object.fromEntries(Object.entries(keys).map(([key, run]) => [key, at(run)])),
  })
  const click = (event: React.MouseEvent, clicked: number) => {
    setIndex(clicked)
    const inner = (event.target as Element).closest('a,button,input,label')
    if (inner === null && window.getSelection()?.isCollapsed !== false) open(rows[clicked]!)
  }
  return { index, click }
}
