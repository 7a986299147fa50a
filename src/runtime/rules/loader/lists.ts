import type { ListDefinition } from '../model.ts'

/** Quotes an item that a condition could not hold bare: blanks, brackets, commas, `=`. What is quoted already stays. */
export function quoteItem(item: string): string {
  if (/^(["']).*\1$/s.test(item)) return item
  return /[\s]/.test(item) || item === '' ? `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : item
}

/** Items that all lists of a load may have together: lists that name each other twice double with every step. */
export const maxListItems = 1_000_000
/** A condition is refused when it is half as long. */
const maxText = 2 << 20

/** Items of every list with lists inside lists replaced. A list sees only lists that were defined before its own last change. Those that no room is left for are empty, and `onOverflow` hears of them. */
export function resolveLists(
  lists: ListDefinition[],
  onOverflow: (list: ListDefinition) => void = () => {},
): Map<string, string[]> {
  let room = maxListItems
  const resolved = new Map<string, string[]>()
  const byName = new Map(lists.map(list => [list.name, list]))
  const resolve = (list: ListDefinition, trail: Set<string>): string[] => {
    const known = resolved.get(list.name)
    if (known) return known
    const parts = list.items.map(item => {
      const inner = byName.get(item)
      return inner && inner.index < list.visibility && !trail.has(item)
        ? resolve(inner, new Set([...trail, item]))
        : [quoteItem(item)]
    })
    const count = parts.reduce((sum, { length }) => sum + length, 0)
    const fits = count <= room
    if (fits) room -= count
    else onOverflow(list)
    const items = fits ? parts.flat() : []
    resolved.set(list.name, items)
    return items
  }
  for (const list of lists) resolve(list, new Set([list.name]))
  return resolved
}

const token = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s(),="']+|[\s(),="']/gy

/**
 * Replaces list names in a condition's text by their items, joined by commas. Names stand between blanks, brackets, `,` and `=`, and never inside quotes.
 * An empty list takes one neighbouring comma with it. Names used are added to `used`.
 */
export function substituteLists(text: string, lists: ReadonlyMap<string, string[]>, used: Set<string>): string {
  const tokens = text.match(token) ?? []
  const out: string[] = []
  let size = 0
  for (let index = 0; index < tokens.length && size <= maxText; index++) {
    const word = tokens[index]!
    const items = lists.get(word)
    if (!items) {
      out.push(word)
      continue
    }
    used.add(word)
    if (items.length > 0) {
      const joined = items.join(', ')
      size += joined.length
      out.push(joined)
      continue
    }
    let next = index + 1
    while (/^\s$/.test(tokens[next] ?? '')) next++
    if (tokens[next] === ',') index = next
    else {
      const last = out.findLastIndex(part => !/^\s$/.test(part))
      if (out[last] === ',') out.splice(last, 1)
    }
  }
  return out.join('')
}
