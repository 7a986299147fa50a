/** Of a value. No distribution's name is longer, and expressions go over it. */
const maxLength = 1024

/**
 * os-release(5): "a newline-separated list of environment-like shell-compatible variable assignments"; values may be quoted, a backslash
 * escapes `$ " ' \` and the backtick; lines beginning with `#` are comments. Keys are letters, digits and underscores.
 */
export function parseOsRelease(text: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null)
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([A-Za-z][A-Za-z0-9_]*)=(.*)$/.exec(line)
    if (match) found[match[1]!] = unquote(match[2]!.slice(0, maxLength).trim())
  }
  return { ...found }
}

function unquote(value: string): string {
  const quote = value[0]
  if (quote === "'") return value.slice(1, value.indexOf("'", 1) < 0 ? undefined : value.indexOf("'", 1))
  if (quote === '"') value = value.length > 1 && value.endsWith('"') ? value.slice(1, -1) : value.slice(1)
  return value.replace(/\\([$"'\\`])/g, '$1')
}
