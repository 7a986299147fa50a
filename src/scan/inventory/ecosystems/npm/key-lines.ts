/** Lines of an object's members, where the text is laid out as `JSON.stringify` with an indent does. */
export interface KeyLines {
  /** Goes on with the members of the object at this key. */
  enter(key: string): void
  /** Of the next member with this key; to be asked in the order of the text. Undefined where the layout is another. */
  next(key: string): { start: number; end: number } | undefined
}

/** One pass over the text for all keys: what is not found ends the search, so that no text is searched twice. */
export function keyLines(text: string): KeyLines {
  let at = 0
  let line = 1
  let lost = false
  const advance = (to: number) => {
    for (let newline = text.indexOf('\n', at); newline >= 0 && newline < to; newline = text.indexOf('\n', newline + 1))
      line++
    at = to
  }
  return {
    enter(key) {
      const from = text.indexOf(`${JSON.stringify(key)}: {`, at)
      if (from < 0) lost = true
      else advance(text.indexOf('{', from) + 1)
    },
    next(key) {
      if (lost) return undefined
      const from = text.indexOf(`${JSON.stringify(key)}: {`, at)
      const indent = from < 0 ? '' : text.slice(text.lastIndexOf('\n', from) + 1, from)
      const empty = from >= 0 && text[text.indexOf('{', from + JSON.stringify(key).length) + 1] === '}'
      const to = from < 0 || indent.trim() !== '' ? -1 : empty ? from : text.indexOf(`\n${indent}}`, from)
      if (to < 0) {
        lost = true
        return undefined
      }
      advance(from)
      const start = line
      advance(to + (empty ? 0 : 1))
      return { start, end: line }
    },
  }
}
