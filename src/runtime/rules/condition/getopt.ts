export interface Option {
  option: string
  argument?: string
  /** What `getopt(…)[option]` gives: the argument, the letter itself for a switch, `''` (or `:` with a leading `:` in the options) when the argument is missing. */
  value: string
}

/**
 * Reads short options out of an argument list as getopt(3) does (POSIX): `options` is `nt:` style, `:` marks an argument, which may be attached
 * (`-p8080`) or be the next word. `--` ends the options; long options and plain words are stepped over; letters not in `options` are ignored.
 */
export function getopt(words: readonly string[], options: string): Option[] {
  const spec = options.startsWith(':') ? options.slice(1) : options
  const found: Option[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (word === '--' || word === '-') break
    if (!word.startsWith('-') || word.startsWith('--')) continue
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!
      const place = letter === ':' ? -1 : spec.indexOf(letter)
      if (place < 0) continue
      if (spec[place + 1] !== ':') {
        found.push({ option: letter, value: letter })
        continue
      }
      const attached = word.slice(at + 1)
      const argument = attached !== '' ? attached : words[index + 1]
      if (attached === '' && argument !== undefined) index++
      found.push({ option: letter, argument: argument ?? '', value: argument ?? '' })
      break
    }
  }
  return found
}
