/** One paragraph of a Debian control file: field names in lower case, folded lines joined by a newline. */
export type Paragraph = Map<string, string>

/** A field longer than this (a description, a list of files) is cut: nothing that we read is. */
const maxFieldLength = 1024 * 1024

/**
 * deb822(5): paragraphs are separated by empty lines (of blanks, to be lenient); a field is `Name: value`; lines that begin with a blank continue it;
 * lines beginning with `#` are comments. Only the `wanted` fields are kept. Lines that are none of these are told to `onGarbage`, once a file.
 */
export function* parseControl(
  text: string,
  wanted: ReadonlySet<string>,
  onGarbage: (line: number) => void = () => {},
): Generator<{ fields: Paragraph; start: number; end: number }> {
  let fields: Paragraph = new Map()
  let current: string | undefined
  let start = 0
  let number = 0
  let garbage = false
  for (const line of linesOf(text)) {
    number++
    if (isBlank(line)) {
      if (fields.size > 0) yield { fields, start, end: number - 1 }
      fields = new Map()
      current = undefined
      start = 0
      continue
    }
    if (start === 0) start = number
    const first = line.charCodeAt(0)
    if (first === 0x23) continue
    if (first === 0x20 || first === 0x09) {
      const value = current === undefined ? undefined : fields.get(current)
      if (value !== undefined && value.length < maxFieldLength) fields.set(current!, `${value}\n${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) {
      if (!garbage) onGarbage(number)
      garbage = true
      current = undefined
      continue
    }
    const name = line.slice(0, colon).toLowerCase()
    current = wanted.has(name) ? name : undefined
    if (current !== undefined) fields.set(name, line.slice(colon + 1).trim())
  }
  if (fields.size > 0) yield { fields, start, end: number }
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    yield text.slice(from, end > from && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end)
    from = end + 1
  }
}

function isBlank(line: string): boolean {
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) !== 0x20 && line.charCodeAt(i) !== 0x09) return false
  return true
}
