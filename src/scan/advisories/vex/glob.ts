/**
 * Whether a path fits a pattern in the manner of ignore files: `*` and `?` within a path segment, `**` across them; `a/**` is everything below `a`.
 * Leading `/` and `./` do not count. Time is at most pattern × path.
 */
export function globMatches(pattern: string, path: string): boolean {
  const tokens = tokensOf(trimmed(pattern))
  const text = trimmed(path)
  let states = new Set([0])
  skipStars(tokens, states)
  for (const letter of text) {
    const next = new Set<number>()
    for (const state of states) {
      const token = tokens[state]
      if (token === '**' || (token === '*' && letter !== '/')) next.add(state)
      else if (token === letter || (token === '?' && letter !== '/')) next.add(state + 1)
    }
    skipStars(tokens, next)
    if (next.size === 0) return false
    states = next
  }
  return states.has(tokens.length)
}

function trimmed(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '')
}

/** `**` + `/` is one token that may also be empty. */
function tokensOf(pattern: string): string[] {
  return pattern.match(/\*\*\/?|[\s\S]/gu)?.map(token => (token.startsWith('**') ? '**' : token)) ?? []
}

/** Stars may stand for nothing. */
function skipStars(tokens: string[], states: Set<number>): void {
  for (const state of states) if (tokens[state] === '**' || tokens[state] === '*') states.add(state + 1)
}
