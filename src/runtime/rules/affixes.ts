/** One test for many beginnings: a tree over the characters' codes, so that a text is compared with few of them. */
export function prefixTest(prefixes: readonly string[]): (text: string) => boolean {
  return test(prefixes, 0)
}

/** One test for many endings, by their last character. */
export function suffixTest(suffixes: readonly string[]): (text: string) => boolean {
  if (suffixes.includes('')) return () => true
  const byLast = Map.groupBy(new Set(suffixes), suffix => suffix.charCodeAt(suffix.length - 1))
  return text => {
    const candidates = byLast.get(text.charCodeAt(text.length - 1))
    if (!candidates) return false
    for (let index = 0; index < candidates.length; index++) if (text.endsWith(candidates[index]!)) return true
    return false
  }
}

type Branch = (text: string) => boolean

/** All of `prefixes` are equal before `at`. */
function test(prefixes: readonly string[], at: number): Branch {
  if (prefixes.some(prefix => prefix.length === at)) return () => true
  const [first = '', ...rest] = prefixes
  if (rest.length === 0) return prefixes.length === 0 ? () => false : text => text.startsWith(first.slice(at), at)
  const same = commonLength(prefixes, at)
  if (same > at) {
    const stem = first.slice(at, same)
    const next = test(prefixes, same)
    return text => text.startsWith(stem, at) && next(text)
  }
  const branches: (Branch | undefined)[] = []
  const others = new Map<number, Branch>()
  for (const [code, group] of Map.groupBy(prefixes, prefix => prefix.charCodeAt(at))) {
    if (code < 128) branches[code] = test(group, at + 1)
    else others.set(code, test(group, at + 1))
  }
  const table = Array.from({ length: 128 }, (_, code) => branches[code])
  return text => {
    const code = text.charCodeAt(at)
    const branch = code < 128 ? table[code] : others.get(code)
    return branch?.(text) ?? false
  }
}

function commonLength(prefixes: readonly string[], from: number): number {
  const [first = ''] = prefixes
  let at = from
  while (at < first.length && prefixes.every(prefix => prefix.charCodeAt(at) === first.charCodeAt(at))) at++
  return at
}
