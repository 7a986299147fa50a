/**
 * Reading foreign JSON. `JSON.parse` itself is safe on hostile text (it does not recurse, and makes `__proto__` an own key);
 * what reads its result must not trust a shape. These say "this, or nothing".
 */

/** The text's value; throws SyntaxError. A byte order mark is let pass. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
}

/** The text's top value when it is an object; throws otherwise. */
export function parseJsonObject(text: string): Record<string, unknown> {
  const value = parseJson(text)
  if (!isObject(value)) throw new SyntaxError('not a JSON object')
  return value
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object's own value: safe for foreign keys, where `object[key]` would find `__proto__` or `constructor`. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The own string at a key; undefined for anything else. */
export function stringAt(value: unknown, key: string): string | undefined {
  const found = own(value, key)
  return typeof found === 'string' ? found : undefined
}

/** Own entries of an object; none for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : []
}

/** Own entries of the object at a key; none for anything else. */
export function entriesAt(value: unknown, key: string): [string, unknown][] {
  return entriesOf(own(value, key))
}

/** Items of the array at a key; none for anything else. */
export function itemsAt(value: unknown, key: string): unknown[] {
  const found = own(value, key)
  return Array.isArray(found) ? found : []
}

/**
 * JSON with comments and trailing commas (JSONC, as bun and tsconfig write it) to JSON, in one linear pass.
 * Comments become blanks, so positions stay.
 */
export function stripJsonComments(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x22) at = endOfString(text, at)
    else if (char === 0x2f && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = endOfComment(text, at)
      parts.push(text.slice(from, at), ' '.repeat(end - at))
      from = end
      at = end - 1
    } else if (char === 0x2c && closesNext(text, at + 1)) {
      parts.push(text.slice(from, at), ' ')
      from = at + 1
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}

/** Index of the quote that closes the string opened at `at`. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const char = text.charCodeAt(end)
    if (char === 0x5c) end++
    else if (char === 0x22) return end
  }
  return text.length
}

function endOfComment(text: string, at: number): number {
  const line = text[at + 1] === '/'
  const end = line ? text.indexOf('\n', at) : text.indexOf('*/', at + 2)
  if (end < 0) return text.length
  return line ? end : end + 2
}

/** Whether the next thing from `at`, past blanks and comments, closes an array or object. */
function closesNext(text: string, at: number): boolean {
  for (let next = at; next < text.length; next++) {
    const char = text.charCodeAt(next)
    if (char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09) continue
    if (char === 0x2f && (text[next + 1] === '/' || text[next + 1] === '*')) {
      next = endOfComment(text, next) - 1
      continue
    }
    return char === 0x5d || char === 0x7d
  }
  return false
}
