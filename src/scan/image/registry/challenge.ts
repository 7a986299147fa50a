/** What a registry asks for before it answers. RFC 9110, section 11.6.1. */
export interface Challenge {
  scheme: string
  parameters: Map<string, string>
}

const maxHeader = 8192

/**
 * Reads WWW-Authenticate, whose values several headers or one may hold: `Bearer realm="https://…",service="…",scope="…", Basic realm="…"`.
 *   challenge = scheme SP [ parameter *( "," parameter ) ]
 *   parameter = token "=" ( token / quoted-string )
 */
export function parseChallenges(header: string): Challenge[] {
  const text = header.slice(0, maxHeader)
  const challenges: Challenge[] = []
  const piece = /[\s,]*([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/gy
  for (let found = piece.exec(text); found !== null && found[0] !== ''; found = piece.exec(text)) {
    const [, word, quoted, plain] = found
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain
    if (value === undefined) challenges.push({ scheme: word!.toLowerCase(), parameters: new Map() })
    else challenges.at(-1)?.parameters.set(word!.toLowerCase(), value)
  }
  return challenges
}
