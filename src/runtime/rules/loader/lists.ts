import type { ListDefinition } from '../model.ts'

/** Quotes an item that a condition could not hold bare: blanks, brackets, commas, `=`. What is quoted already stays. */
export function quoteItem(item: string): string {
  if (/^(["']).*\1$/s.test(item)) return item
  return /[\s]/.test(item) || item === '' ? `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : item
}

/** Items of every list with lists inside lists replaced. A list sees only lists that were defined before its own last change. */
export function resolveLists(lists: ListDefinition[]): Map<string, string[]> {
  const resolved = new Map<string, string[]>()
  const byName = new Map(lists.map(list => [list.name, list]))
  const resolve = (list: ListDefinition, trail: Set<string>): string[] => {
    const known = resolved.get(list.name)
    if (known) return known
    const items = list.items.flatMap(item => {
      const inner = byName.get(item)
      return inner && inner.index < list.visibility && !trail.has(item)
        ? resolve(inner, new Set([...trail, item]))
        : [quoteItem(item)]
    })
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
  for (let index = 0; index < tokens.length; index++) {
    const word = tokens[index]!
    const items = lists.get(word)
    if (!items) {
      out.push(word)
      continue
    }
    used.add(word)
    if (items.length > 0) {
      out.push(items.join(', '))
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
