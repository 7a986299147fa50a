import { byteClasses as classes, shareOf } from './rarity.ts'

/** Finds all of many literal texts in one pass over bytes, without case for ASCII letters. A line feed that begins a text is at the bytes' beginning, too. */
export interface Automaton {
  /** Calls `hit(word, end)` for every occurrence: the word's index, and the offset just behind it. Hits come nearly in order: a longer word may be told later. */
  scan(bytes: Uint8Array, hit: (word: number, end: number) => void): void
}

const newline = 10
/** Four bytes of a word are what it is known by, each folded to one of 32 classes. */
const gram = 4
const classBits = 5
const markMask = (1 << (gram * classBits)) - 1

/** Marks that share a place in the table of words. */
const slots = 1 << 16
const slotOf = (mark: number): number => (mark ^ (mark >>> 6)) & (slots - 1)

/**
 * Where an entry of the table has the mask and the mark of its four bytes, one more byte of the word (how far from these it stands, and which it is), the word,
 * how much of it stands behind them, and where its text is.
 */
const [maskAt, markAt, probeAt, probeByteAt, wordAt, behindAt, textAt, lengthAt, entrySize] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
]

/** Words by the marks they are known by, in three flat arrays: what is looked at together stands together. */
interface Table {
  /** For each slot where its entries begin; those of the next slot end them. */
  starts: Int32Array
  entries: Int32Array
  /** All words in lower case, one behind the other. */
  texts: Uint8Array
}

/**
 * At every other place the last four bytes, folded, are looked up in a sieve that stays in the processor's cache; where they are some by which words are known,
 * these are compared. A word is known by the four bytes at two neighbouring places in it, of which one meets the places that are looked at: the two that stand
 * least often in texts. Time is linear in the bytes for words of bounded number and length.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const { sieve, table } = buildSieve(words)
  return {
    scan(bytes, hit) {
      const [passes, fold] = [sieve, pairClasses]
      if (bytes.length === 0) return
      const odd = bytes.byteOffset & 1
      const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + odd, (bytes.length - odd) >> 1)
      let before = odd === 1 ? classes[bytes[0]!]! : 0
      const whole = pairs.length & ~1
      // Two places at once: neither waits for the other's look-ups.
      for (let at = 0; at < whole; at += 2) {
        const first = fold[pairs[at]!]!
        const second = fold[pairs[at + 1]!]!
        const one = (before << 10) | first
        const two = (first << 10) | second
        if ((((passes[one >>> 5]! >>> one) | (passes[two >>> 5]! >>> two)) & 1) !== 0) {
          const end = odd + 2 * at + 2
          if (((passes[one >>> 5]! >>> one) & 1) !== 0) compare(table, one, bytes, end, hit)
          if (((passes[two >>> 5]! >>> two) & 1) !== 0) compare(table, two, bytes, end + 2, hit)
        }
        before = second
      }
      // Words at the end are known by what stands behind them, too, which there is nothing.
      for (let at = odd + 2 * whole; at < bytes.length + gram; at += 2) {
        const last = (classAt(bytes, at) << 5) | classAt(bytes, at + 1)
        compare(table, (before << 10) | last, bytes, at + 2, hit)
        before = last
      }
    },
  }
}

const classAt = (bytes: Uint8Array, at: number): number => (at < bytes.length ? classes[bytes[at]!]! : 0)

function compare(
  { starts, entries, texts }: Table,
  mark: number,
  bytes: Uint8Array,
  end: number,
  hit: (word: number, end: number) => void,
): void {
  const slot = slotOf(mark)
  const last = starts[slot + 1]!
  for (let entry = starts[slot]!; entry < last; entry += entrySize) {
    if ((mark & entries[entry + maskAt]!) !== entries[entry + markAt]!) continue
    const probe = entries[entry + probeByteAt]!
    if (lowerCase[bytes[end + entries[entry + probeAt]!]!] !== probe && probe !== newline) continue
    const length = entries[entry + lengthAt]!
    const to = end + entries[entry + behindAt]!
    const from = to - length
    const text = entries[entry + textAt]!
    if (from < (texts[text] === newline ? -1 : 0) || to > bytes.length) continue
    let at = from < 0 ? 1 : 0
    while (at < length && lowerCase[bytes[from + at]!] === texts[text + at]) at++
    if (at === length) hit(entries[entry + wordAt]!, to)
  }
}

function buildSieve(words: readonly string[]): { sieve: Int32Array; table: Table } {
  const sieve = new Int32Array((markMask + 1) / 32)
  const placed: { entry: number[]; slots: Set<number> }[] = []
  const texts = Buffer.from(words.join(''), 'latin1').map(byte => lowerCase[byte]!)
  let begin = 0
  const list = words.map((name, word) => {
    const text = texts.subarray(begin, begin + name.length)
    begin += name.length
    return { word, text, at: begin - name.length }
  })
  // Short words first: they have no choice, and longer ones may be known by what is looked for anyway.
  for (const { word, text, at } of list.sort((a, b) => a.text.length - b.text.length)) {
    const first = rarest(text, sieve)
    for (const from of [first, first + 1]) {
      const four = fourOf(text, from)
      const mask = four.reduce((bits, one) => (bits << classBits) | (one < 0 ? 0 : 31), 0)
      const marks = marksOf(four)
      for (const mark of marks) sieve[mark >>> 5]! |= 1 << mark
      const probe = tellingByte(text, from)
      const entry = [mask, marks[0]! & mask, probe - from - gram, text[probe]!, word]
      placed.push({ entry: [...entry, text.length - from - gram, at, text.length], slots: new Set(marks.map(slotOf)) })
    }
  }
  return { sieve, table: { ...tableOf(placed), texts } }
}

/** Entries laid one behind the other, slot by slot: counted first, then put in their places. */
function tableOf(placed: { entry: number[]; slots: Set<number> }[]): Pick<Table, 'starts' | 'entries'> {
  const starts = new Int32Array(slots + 1)
  for (const one of placed) for (const slot of one.slots) starts[slot + 1]! += entrySize
  for (let slot = 0; slot < slots; slot++) starts[slot + 1]! += starts[slot]!
  const entries = new Int32Array(starts[slots]!)
  const next = starts.slice(0, slots)
  for (const one of placed)
    for (const slot of one.slots) {
      entries.set(one.entry, next[slot]!)
      next[slot]! += entrySize
    }
  return { starts, entries }
}

/** The classes of four bytes of a word; -1 before and behind it. */
function fourOf(text: Uint8Array, from: number): number[] {
  return Array.from({ length: gram }, (_, at) => (from + at in text ? classes[text[from + at]!]! : -1))
}

/** The marks of four classes, of which -1 is any. */
function marksOf(four: readonly number[]): number[] {
  let marks = [0]
  for (const one of four) {
    const step = one < 0 ? allClasses : [one]
    marks = marks.flatMap(mark => step.map(next => (mark << classBits) | next))
  }
  return marks
}

/** The byte of a word that tells most beside the four it is known by: any outside of them, or one whose class holds many. A line feed may be none. */
function tellingByte(text: Uint8Array, from: number): number {
  let [best, most] = [0, -1]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === newline) continue
    const one = classes[text[at]!]!
    const told = (at >= from && at < from + gram ? toldInside : toldOutside)[one]!
    if (told > most) [best, most] = [at, told]
  }
  return best
}

const allClasses = [...new Array<number>(1 << classBits).keys()]
/** In bits, by class: what a byte tells where its class is not known yet, and where it is and holds other printable bytes. */
const toldOutside = allClasses.map(one => -Math.log2(shareOf([one])))
const toldInside = allClasses.map(one =>
  Math.log2(1 + classes.filter((other, byte) => other === one && byte > 32 && byte < 65).length),
)

/** Where in a word two neighbouring runs of four bytes begin that let the fewest places of a text pass; of a short word, from before it. */
function rarest(text: Uint8Array, sieve: Int32Array): number {
  if (text.length < gram) return -1
  const passing = (from: number): number => {
    const four = fourOf(text, from)
    return shareOf(four) * (has(sieve, marksOf(four)[0]!) ? 0.3 : 1)
  }
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  const [first, last] = text.length === gram ? [-1, 0] : [0, text.length - gram - 1]
  for (let from = first; from <= last; from++) {
    const share = passing(from) + passing(from + 1)
    if (share < least) [best, least] = [from, share]
  }
  return best
}

const has = (sieve: Int32Array, mark: number): boolean => ((sieve[mark >>> 5]! >>> mark) & 1) !== 0

const lowerCase = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte))

/** The classes of two bytes, by the number that they are together. */
const pairClasses = pairsOf(classes)

function pairsOf(single: Uint8Array): Uint16Array {
  const both = new Uint16Array(1 << 16)
  const number = new Uint16Array(1)
  const bytes = new Uint8Array(number.buffer)
  for (let low = 0; low < 256; low++)
    for (let high = 0; high < 256; high++) {
      bytes[0] = low
      bytes[1] = high
      both[number[0]!] = (single[low]! << classBits) | single[high]!
    }
  return both
}
