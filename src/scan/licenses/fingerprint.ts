/** Texts are compared by the runs of three words that they hold ("shingles", Broder 1997): of each licence a sketch of the least hashes is kept. */
const runLength = 3
const maxWords = 60_000

/** Hashes of all runs of three words of a text, without what differs between copies of one licence: case, marks, comment signs, copyright lines. */
export function shinglesOf(text: string): Set<number> {
  const words = wordsOf(text)
  const found = new Set<number>()
  for (let at = 0; at + runLength <= words.length; at++) {
    let hash = 0x811c9dc5
    for (let next = at; next < at + runLength; next++) hash = addWord(hash, words[next]!)
    found.add(hash >>> 0)
  }
  return found
}

/** The least hashes of a set: a sample that is the same wherever the set is the same. */
export function sketchOf(shingles: ReadonlySet<number>, size: number): number[] {
  return [...shingles].sort((a, b) => a - b).slice(0, size)
}

function wordsOf(text: string): string[] {
  const lines = text
    .slice(0, 1 << 20)
    .split(/\r?\n/)
    .map(line => line.replace(/^[\s*#;/%!|>.-]+/, ''))
    .filter(line => !/^(?:copyright\b|\(c\)|©|all rights reserved)/i.test(line))
  const plain = lines
    .join(' ')
    .replace(/<[^<>]{1,80}>|\[[^[\]]{1,60}\]/g, ' ')
    .toLowerCase()
    .replaceAll('licence', 'license')
    .replaceAll('https://', 'http://')
  return (plain.match(/[a-z0-9]+/g) ?? []).slice(0, maxWords)
}

/** FNV-1a, 32 bits. */
function addWord(hash: number, word: string): number {
  let next = hash
  for (let at = 0; at < word.length; at++) next = Math.imul(next ^ word.charCodeAt(at), 0x01000193)
  return Math.imul(next ^ 0x20, 0x01000193)
}
