/**
 * Compiles a shell pattern as fnmatch(3) reads it without flags: `*` any run (of `/` too), `?` one character, `[a-z]`, `[!a]`, `\x` literal.
 * Matching is linear in text × pattern: on a mismatch only the last `*` is tried again.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = parseGlob(pattern)
  const head = /^[^*?[\\]*/.exec(pattern)?.[0] ?? ''
  return text => {
    if (!text.startsWith(head)) return false
    let at = 0
    let part = 0
    let star = -1
    let starAt = 0
    while (at < text.length) {
      const wanted = parts[part]
      if (wanted === '*') {
        star = part++
        starAt = at
      } else if (wanted?.(text[at]!)) {
        part++
        at++
      } else if (star >= 0) {
        part = star + 1
        at = ++starAt
      } else return false
    }
    while (parts[part] === '*') part++
    return part === parts.length
  }
}

type Part = '*' | ((char: string) => boolean)

function parseGlob(pattern: string): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!
    if (char === '*') {
      if (parts.at(-1) !== '*') parts.push('*')
    } else if (char === '?') parts.push(() => true)
    else if (char === '[' && pattern.indexOf(']', at + 2) > 0) {
      const end = pattern.indexOf(']', at + 2)
      parts.push(characterClass(pattern.slice(at + 1, end)))
      at = end
    } else {
      const literal = char === '\\' && at + 1 < pattern.length ? pattern[++at]! : char
      parts.push(given => given === literal)
    }
  }
  return parts
}

function characterClass(body: string): (char: string) => boolean {
  const negated = body[0] === '!' || body[0] === '^'
  const text = negated ? body.slice(1) : body
  const ranges: [string, string][] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at + 1] === '-' && at + 2 < text.length) {
      ranges.push([text[at]!, text[at + 2]!])
      at += 2
    } else ranges.push([text[at]!, text[at]!])
  }
  return char => ranges.some(([low, high]) => char >= low && char <= high) !== negated
}
