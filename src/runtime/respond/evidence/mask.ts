const secretName =
  /pass|secret|token|credential|api.?key|private.?key|access.?key|auth|cookie|session|dsn|conn.{0,40}string/i
const mask = '***'

/** Words of a command line with what looks like a secret behind an option, in `NAME=value`, or in a URL's user part hidden. */
export function maskWords(words: string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1]
    if (before !== undefined && /^--?[a-z]/i.test(before) && !before.includes('=') && secretName.test(before))
      return mask
    return maskWord(word)
  })
}

function maskWord(word: string): string {
  const url = word.slice(0, 4096).replace(/(:\/\/[^/:@\s]{0,200}:)[^/@\s]{1,500}@/g, `$1${mask}@`)
  const shown = word.length > 4096 ? `${url}…` : url
  const equals = shown.indexOf('=')
  return equals > 0 && equals < 200 && secretName.test(shown.slice(0, equals))
    ? `${shown.slice(0, equals + 1)}${mask}`
    : shown
}

/** `NAME=value` pairs without their values. */
export function namesOf(pairs: string[]): string[] {
  return pairs.filter(pair => pair !== '').map(pair => pair.split('=', 1)[0]!.slice(0, 200))
}

/** What Docker says of a container, its environment without values and its words, labels and options masked. */
export function maskInspect(value: unknown, key = '', depth = 0): unknown {
  if (depth > 32) return null
  if (Array.isArray(value)) {
    const texts = value.every(item => typeof item === 'string')
    if (texts && key === 'Env') return namesOf(value as string[]).map(name => `${name}=${mask}`)
    if (texts) return maskWords(value as string[])
    return value.map(item => maskInspect(item, key, depth + 1))
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskInspect(inner, name, depth + 1)]))
  if (typeof value !== 'string') return value
  return secretName.test(key) ? mask : maskWord(value)
}
