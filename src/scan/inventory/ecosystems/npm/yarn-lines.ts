/** One entry of a yarn.lock: the descriptors it answers (`name@range`), its fields and maps of fields. */
export interface YarnEntry {
  keys: string[]
  fields: Map<string, string>
  /** `dependencies`, `optionalDependencies`, `peerDependencies` …: name to range. */
  maps: Map<string, Map<string, string>>
  lines: { start: number; end: number }
}

/**
 * Reads the line grammar that both yarn.lock forms share (v1: yarnpkg/yarn src/lockfile/parse.js; berry: "syml", a YAML subset):
 *
 *     file   = { blank | comment | entry }
 *     entry  = key { "," key } ":" NEWLINE { "  " pair NEWLINE | "  " string ":" NEWLINE { "    " pair NEWLINE } }
 *     pair   = string ( ":" | " " ) value
 *     string = '"' JSON string '"' | bare text
 *
 * Berry writes a key of over 1024 characters as `? key` and a line `:`. Both sides of an unresolved merge conflict are read, as yarn does.
 */
export function readYarnLines(text: string): { entries: YarnEntry[]; berry: boolean } {
  const entries: YarnEntry[] = []
  let entry: YarnEntry | undefined
  let map: Map<string, string> | undefined
  let berry = false
  let number = 0
  for (const raw of text.split('\n')) {
    number++
    const line = raw.trimEnd()
    const content = line.trimStart()
    if (content === '' || content.startsWith('#') || /^(?:<{7}|={7}|>{7}|\|{7})/.test(line)) continue
    const indent = line.length - content.length
    if (indent === 0) {
      if (content === ':') continue
      if (content.startsWith('__metadata')) berry = true
      entry = { keys: readKeys(content), fields: new Map(), maps: new Map(), lines: { start: number, end: number } }
      entries.push(entry)
      map = undefined
      continue
    }
    if (!entry) throw new SyntaxError(`line ${number}: indented before any entry`)
    entry.lines.end = number
    const { key, value } = readPair(content)
    if (indent >= 4 && map) map.set(key, value)
    else if (value !== '') entry.fields.set(key, value)
    else {
      map = new Map()
      entry.maps.set(key, map)
    }
  }
  return { entries, berry }
}

/** The keys of an entry's first line. Berry puts all of them into one string: the caller splits those at `, `. */
function readKeys(line: string): string[] {
  const text = line.startsWith('? ') ? line.slice(2) : line.replace(/:$/, '')
  const keys: string[] = []
  for (let at = 0; at < text.length; ) {
    if (text[at] === ' ' || text[at] === ',') {
      at++
      continue
    }
    const end = text[at] === '"' ? closingQuote(text, at) + 1 : endOfBare(text, at)
    for (const key of unquote(text.slice(at, end)).split(', ')) keys.push(key)
    at = end
  }
  return keys
}

function endOfBare(text: string, at: number): number {
  const comma = text.indexOf(',', at)
  return comma < 0 ? text.length : comma
}

/** `key value`, `key: value`, `key:`; both may be quoted. */
function readPair(content: string): { key: string; value: string } {
  let end = content[0] === '"' ? closingQuote(content, 0) + 1 : 0
  if (end === 0) while (end < content.length && content[end] !== ' ' && !endsKey(content, end)) end++
  const key = unquote(content.slice(0, end))
  const value = content.slice(content[end] === ':' ? end + 1 : end).trim()
  return { key, value: unquote(value) }
}

/** A colon ends a key only where nothing or a blank follows: `npm:name` is text. */
function endsKey(content: string, at: number): boolean {
  return content[at] === ':' && (at + 1 === content.length || content[at + 1] === ' ')
}

function closingQuote(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '"') return end
  }
  return text.length - 1
}

function unquote(text: string): string {
  if (text.length < 2 || text[0] !== '"' || !text.endsWith('"')) return text
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    return JSON.parse(text) as string
  } catch {
    return text.slice(1, -1)
  }
}
