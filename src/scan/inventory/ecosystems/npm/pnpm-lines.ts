/** A key of a block mapping: how deep it stands, its plain text, and what follows the colon on its line (`''` when the value is nested below). */
export interface YamlLine {
  indent: number
  key: string
  value: string
  line: number
}

/**
 * Reads the block mappings of the YAML that pnpm writes (js-yaml `dump` with unlimited line width), line by line: a general YAML parser takes
 * seconds for a lock file of 5 MB and expands aliases. Quoted keys, explicit keys (`? key` for keys beyond 1024 characters), flow collections on one
 * line (given as text), block scalars and comments (passed over), several documents. Sequences are passed over: nothing we need stands in one.
 */
export function* readYamlLines(text: string): Generator<YamlLine> {
  let scalarIndent = -1
  let pending: { indent: number; key: string } | undefined
  let number = 0
  let from = 0
  while (from <= text.length) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(from, end).trimEnd()
    from = end + 1
    number++
    const content = line.trimStart()
    const indent = line.length - content.length
    if (content === '') continue
    if (scalarIndent >= 0 && indent > scalarIndent) continue
    scalarIndent = -1
    if (content[0] === '#' || content === '-' || content.startsWith('- ') || line.startsWith('---') || line === '...')
      continue
    if (content.startsWith('? ')) {
      pending = { indent, key: unquoteYaml(content.slice(2).trim()) }
      continue
    }
    if (pending && indent === pending.indent && content[0] === ':') {
      yield { ...pending, value: '', line: number }
      pending = undefined
      const pair = cutPair(content.slice(1).trim())
      if (pair) yield { indent: indent + 2, ...pair, line: number }
      continue
    }
    const pair = cutPair(content)
    // A long plain scalar goes on in deeper lines (pnpm before 5 folds at 1000 characters).
    if (!pair && indent > 0) continue
    if (!pair) throw new SyntaxError(`line ${number}: not a key of a mapping`)
    if (/^[|>][-+0-9]*$/.test(pair.value)) scalarIndent = indent
    yield { indent, ...pair, line: number }
  }
}

/** The plain text of a scalar: quotes taken off, `''` and backslash escapes undone. */
export function unquoteYaml(text: string): string {
  const quote = text[0]
  if ((quote !== "'" && quote !== '"') || text.length < 2 || !text.endsWith(quote)) return text
  const inner = text.slice(1, -1)
  if (quote === "'") return inner.replaceAll("''", "'")
  return inner.includes('\\') ? inner.replace(/\\(["\\/])/g, '$1') : inner
}

/** The scalar at a key of a one-line flow mapping: `{integrity: sha512-…, tarball: https://…}`. */
export function flowValue(flow: string, key: string): string | undefined {
  if (flow[0] !== '{') return undefined
  for (const part of flow.slice(1, -1).split(', ')) {
    const text = part.trim()
    if (text.startsWith(`${key}: `)) return unquoteYaml(text.slice(key.length + 2).trim())
  }
  return undefined
}

/** `key: value` or `key:`. A plain key ends at the first colon that a blank or the line's end follows. */
function cutPair(content: string): { key: string; value: string } | undefined {
  const quote = content[0]
  const from = quote === "'" || quote === '"' ? closingQuote(content, quote) : 0
  for (let at = content.indexOf(':', from); at >= 0; at = content.indexOf(':', at + 1)) {
    const next = content[at + 1]
    if (next !== undefined && next !== ' ') continue
    return { key: unquoteYaml(content.slice(0, at).trim()), value: content.slice(at + 1).trim() }
  }
  return undefined
}

function closingQuote(content: string, quote: string): number {
  for (let at = 1; at < content.length; at++) {
    if (quote === '"' && content[at] === '\\') at++
    else if (content[at] === quote) {
      if (quote === "'" && content[at + 1] === quote) at++
      else return at
    }
  }
  return 0
}
