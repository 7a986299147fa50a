import { displayWidth, padEnd, wrap } from '../../../base/text.ts'

export interface Column {
  title: string
  /** Narrowest width that still reads well; the column is not wrapped below it. */
  minimum?: number
  /** Widest that the column gets even where there is room. */
  maximum?: number
  /** Rows one below the other that say the same here are drawn as one cell, as long as the columns before are one cell too. */
  merge?: boolean
}

/** One cell: lines joined by `\n`, already escaped, and how to colour a line once it is padded. */
export interface Cell {
  text: string
  paint?: (text: string) => string
}

/** A box-drawn table within `columns` terminal columns (as wide as it likes where undefined). */
export function drawGrid(columns: readonly Column[], rows: readonly Cell[][], limit: number | undefined): string[] {
  const widths = fitWidths(columns, rows, limit)
  const lines = [rule(widths, '┌', '┬', '┐')]
  lines.push(
    ...drawRow(
      columns.map(({ title }) => ({ text: title })),
      widths,
    ),
  )
  for (const [index, row] of rows.entries()) {
    const merged = index === 0 ? columns.map(() => false) : mergedCells(columns, rows[index - 1]!, row)
    lines.push(separator(widths, merged))
    lines.push(
      ...drawRow(
        row.map((cell, column) => (merged[column] ? { text: '' } : cell)),
        widths,
      ),
    )
  }
  lines.push(rule(widths, '└', '┴', '┘'))
  return lines
}

function mergedCells(columns: readonly Column[], above: Cell[], row: Cell[]): boolean[] {
  let same = true
  return columns.map(({ merge }, index) => {
    if (index === 0) same = merge === true
    const equal = above[index]!.text === row[index]!.text
    if (index === 0) same = same && equal
    return merge === true && same && equal
  })
}

/** Natural widths; where they are too many columns, the widest column gives until all fit or all are at their minimum. */
function fitWidths(columns: readonly Column[], rows: readonly Cell[][], limit: number | undefined): number[] {
  const widths = columns.map(({ title, maximum }, index) => {
    let width = displayWidth(title)
    for (const row of rows) for (const line of row[index]!.text.split('\n')) width = Math.max(width, displayWidth(line))
    return maximum === undefined ? width : Math.min(width, Math.max(maximum, displayWidth(title)))
  })
  if (limit === undefined) return widths
  const frame = 3 * columns.length + 1
  for (let excess = widths.reduce((sum, width) => sum + width, frame) - limit; excess > 0; excess--) {
    let widest = -1
    for (const [index, width] of widths.entries()) {
      if (width > (columns[index]!.minimum ?? 8) && (widest < 0 || width > widths[widest]!)) widest = index
    }
    if (widest < 0) break
    widths[widest]!--
  }
  return widths
}

function drawRow(cells: readonly Cell[], widths: readonly number[]): string[] {
  const wrapped = cells.map(({ text }, index) => wrap(text, widths[index]!))
  const height = Math.max(...wrapped.map(lines => lines.length))
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map(({ paint }, index) => {
      const padded = padEnd(wrapped[index]![line] ?? '', widths[index]!)
      return paint ? paint(padded) : padded
    })
    return `│ ${parts.join(' │ ')} │`
  })
}

function rule(widths: readonly number[], left: string, middle: string, right: string): string {
  return left + widths.map(width => '─'.repeat(width + 2)).join(middle) + right
}

/** The line between two rows, left out above cells that go on. */
function separator(widths: readonly number[], merged: readonly boolean[]): string {
  let line = merged[0] ? '│' : '├'
  for (const [index, width] of widths.entries()) {
    line += (merged[index] ? ' ' : '─').repeat(width + 2)
    const last = index === widths.length - 1
    const left = !merged[index]
    const right = !last && !merged[index + 1]
    if (last) line += left ? '┤' : '│'
    else line += left && right ? '┼' : left ? '┤' : right ? '├' : '│'
  }
  return line
}
