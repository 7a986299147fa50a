/** Finds all of many literal texts in one pass over bytes, without case for ASCII letters (Aho and Corasick, 1975). */
export interface Automaton {
  /** Calls `hit(word, end)` for every occurrence: the word's index, and the offset just behind it. */
  scan(bytes: Uint8Array, hit: (word: number, end: number) => void): void
}

/**
 * Builds the automaton as one table: bytes are folded to the few classes that occur in the words, so that a state is a short row. Time is linear in the bytes
 * whatever the words are.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const classes = classesOf(words)
  const width = Math.max(...classes) + 1
  const { next, outputs } = buildTrie(words, classes, width)
  linkFailures(next, outputs, width)
  // Where a state's row begins, and below zero where words end there: one look-up a byte tells both.
  const table = Int32Array.from(next, state => (outputs[state]!.length > 0 ? -(state * width) : state * width))
  const found = outputs.map(list => Int32Array.from(list))
  return {
    scan(bytes, hit) {
      let state = 0
      for (let at = 0; at < bytes.length; at++) {
        state = table[state + classes[bytes[at]!]!]!
        if (state >= 0) continue
        state = -state
        const list = found[state / width]!
        for (let index = 0; index < list.length; index++) hit(list[index]!, at + 1)
      }
    },
  }
}

/** A number for each byte: 0 for bytes in no word; upper and lower case share theirs. */
function classesOf(words: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256)
  let count = 0
  for (const byte of Buffer.from(words.join(''), 'latin1')) {
    const low = byte >= 65 && byte <= 90 ? byte + 32 : byte
    if (classes[low] === 0) classes[low] = ++count
  }
  for (let byte = 65; byte <= 90; byte++) classes[byte] = classes[byte + 32]!
  return classes
}

function buildTrie(
  words: readonly string[],
  classes: Uint8Array,
  width: number,
): { next: number[]; outputs: number[][] } {
  const next: number[] = new Array<number>(width).fill(0)
  const outputs: number[][] = [[]]
  for (const [index, word] of words.entries()) {
    let state = 0
    for (const byte of Buffer.from(word, 'latin1')) {
      const slot = state * width + classes[byte]!
      if (next[slot] === 0) {
        next[slot] = outputs.length
        outputs.push([])
        for (let column = 0; column < width; column++) next.push(0)
      }
      state = next[slot]!
    }
    outputs[state]!.push(index)
  }
  return { next, outputs }
}

/** Turns the trie into a complete automaton: a missing edge goes where the longest proper suffix goes. */
function linkFailures(next: number[], outputs: number[][], width: number): void {
  const fail = new Int32Array(outputs.length)
  const queue: number[] = []
  for (let column = 0; column < width; column++) if (next[column] !== 0) queue.push(next[column]!)
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!
    const behind = fail[state]!
    outputs[state]!.push(...outputs[behind]!)
    for (let column = 0; column < width; column++) {
      const slot = state * width + column
      const child = next[slot]!
      const onward = next[behind * width + column]!
      if (child === 0) next[slot] = onward
      else {
        fail[child] = onward
        queue.push(child)
      }
    }
  }
}
