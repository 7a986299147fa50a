import { JennerError } from '../../../base/errors.ts'

/** Bits of probabilities, as the format fixes them. */
const probabilityBits = 11
const moveBits = 5
const half = 1 << (probabilityBits - 1)
const states = 12
const maxPositionStates = 16
const lengthChoices = 2 + 2 * maxPositionStates * 8 + 256

/** Where each group of probabilities starts in the one array of them. */
const isMatch = 0
const isRepeat = isMatch + states * maxPositionStates
const isRepeat0 = isRepeat + states
const isRepeat1 = isRepeat0 + states
const isRepeat2 = isRepeat1 + states
const isRepeat0Long = isRepeat2 + states
const distanceSlot = isRepeat0Long + states * maxPositionStates
const distanceSpecial = distanceSlot + 4 * 64
const distanceAlign = distanceSpecial + 128
const matchLength = distanceAlign + 16
const repeatLength = matchLength + lengthChoices
const literal = repeatLength + lengthChoices
const literalSize = 0x300

/**
 * The LZMA decoder inside LZMA2 (xz file format, "LZMA2"; LZMA specification by I. Pavlov): a range coder whose bits are predicted by context, telling literals,
 * matches by distance and length, and repeats of the last four distances. Throws JennerError malformed.
 */
export class LzmaDecoder {
  private readonly window: Uint8Array
  private readonly probabilities = new Uint16Array(literal + literalSize * 16)
  private readonly repeats = [0, 0, 0, 0]
  private filled = 0
  private at = 0
  private state = 0
  private contextBits = 0
  private lowBits = 0
  private positionBits = 0
  /** Output since the last reset of the window: positions count from there. */
  private total = 0
  private range = 0
  private code = 0
  private input: Uint8Array = new Uint8Array(0)
  private inputAt = 0
  private out: Uint8Array = new Uint8Array(0)
  private outAt = 0

  /** `windowSize`: how far back a match may reach. */
  constructor(windowSize: number) {
    this.window = new Uint8Array(windowSize)
  }

  resetWindow(): void {
    this.filled = 0
    this.at = 0
    this.total = 0
  }

  resetState(): void {
    this.probabilities.fill(half)
    this.repeats.fill(0)
    this.state = 0
  }

  /** The byte `(pb * 5 + lp) * 9 + lc`. */
  setProperties(byte: number): void {
    this.contextBits = byte % 9
    this.lowBits = Math.floor(byte / 9) % 5
    this.positionBits = Math.floor(byte / 45)
    if (byte > 224 || this.contextBits + this.lowBits > 4) throw bad('properties that there cannot be')
  }

  /** Bytes that stand uncompressed. */
  copy(bytes: Uint8Array): Uint8Array {
    this.out = new Uint8Array(bytes.length)
    this.outAt = 0
    for (const byte of bytes) this.put(byte)
    return this.out
  }

  /** One chunk: `input` unpacks to exactly `length` bytes. */
  decode(input: Uint8Array, length: number): Uint8Array {
    this.input = input
    this.inputAt = 0
    this.out = new Uint8Array(length)
    this.outAt = 0
    if (this.next() !== 0) throw bad('a range coder that does not start at 0')
    this.range = 0xffffffff
    this.code = 0
    for (let i = 0; i < 4; i++) this.code = ((this.code << 8) | this.next()) >>> 0
    while (this.outAt < length) this.step()
    if (this.code !== 0 || this.inputAt !== input.length) throw bad('a chunk of another length than it says')
    return this.out
  }

  private next(): number {
    const byte = this.input[this.inputAt++]
    if (byte === undefined) throw bad('a chunk that ends early')
    return byte
  }

  private normalize(): void {
    if (this.range >= 0x1000000) return
    this.range = (this.range << 8) >>> 0
    this.code = ((this.code << 8) | this.next()) >>> 0
  }

  private bit(index: number): 0 | 1 {
    const probability = this.probabilities[index] as number
    const bound = (this.range >>> probabilityBits) * probability
    let bit: 0 | 1
    if (this.code < bound) {
      this.range = bound
      this.probabilities[index] = probability + (((1 << probabilityBits) - probability) >>> moveBits)
      bit = 0
    } else {
      this.range -= bound
      this.code -= bound
      this.probabilities[index] = probability - (probability >>> moveBits)
      bit = 1
    }
    this.normalize()
    return bit
  }

  private direct(count: number): number {
    let value = 0
    for (let left = count; left > 0; left--) {
      this.range >>>= 1
      const bit = this.code >= this.range ? 1 : 0
      if (bit) this.code -= this.range
      this.normalize()
      value = value * 2 + bit
    }
    return value
  }

  /** A number of `count` bits, the highest first, each in the context of those before it. */
  private tree(base: number, count: number): number {
    let node = 1
    for (let left = count; left > 0; left--) node = node * 2 + this.bit(base + node)
    return node - (1 << count)
  }

  private reverseTree(base: number, count: number): number {
    let node = 1
    let value = 0
    for (let i = 0; i < count; i++) {
      const bit = this.bit(base + node)
      node = node * 2 + bit
      value += bit << i
    }
    return value
  }

  private step(): void {
    const position = this.total & ((1 << this.positionBits) - 1)
    if (this.bit(isMatch + this.state * maxPositionStates + position) === 0) return this.literal()
    let length: number
    if (this.bit(isRepeat + this.state) === 0) {
      length = this.length(matchLength, position)
      this.repeats.pop()
      this.repeats.unshift(this.distance(length))
      this.state = this.state < 7 ? 7 : 10
    } else {
      if (this.filled === 0) throw bad('a repeat of nothing')
      const short = this.chooseRepeat(position)
      length = short ? 1 : this.length(repeatLength, position)
      this.state = this.state < 7 ? (short ? 9 : 8) : 11
    }
    const distance = this.repeats[0] as number
    if (distance >= this.filled) throw bad('a match before the start')
    if (length > this.out.length - this.outAt) throw bad('a match beyond the end of a chunk')
    for (let left = length; left > 0; left--) this.put(this.back(distance))
  }

  /** Moves the distance that is repeated to the front; true: one byte of the last distance alone. */
  private chooseRepeat(position: number): boolean {
    if (this.bit(isRepeat0 + this.state) === 0)
      return this.bit(isRepeat0Long + this.state * maxPositionStates + position) === 0
    const which = this.bit(isRepeat1 + this.state) === 0 ? 1 : this.bit(isRepeat2 + this.state) === 0 ? 2 : 3
    const [distance] = this.repeats.splice(which, 1)
    this.repeats.unshift(distance as number)
    return false
  }

  private literal(): void {
    const before = this.filled > 0 ? this.back(0) : 0
    const low = this.total & ((1 << this.lowBits) - 1)
    const base = literal + literalSize * ((low << this.contextBits) + (before >>> (8 - this.contextBits)))
    let symbol = 1
    if (this.state >= 7) {
      let match = this.back(this.repeats[0] as number)
      while (symbol < 0x100) {
        const expected = (match >>> 7) & 1
        match = (match << 1) & 255
        const bit = this.bit(base + ((1 + expected) << 8) + symbol)
        symbol = symbol * 2 + bit
        if (bit !== expected) break
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + this.bit(base + symbol)
    this.put(symbol & 255)
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6
  }

  private length(base: number, position: number): number {
    if (this.bit(base) === 0) return 2 + this.tree(base + 2 + position * 8, 3)
    if (this.bit(base + 1) === 0) return 10 + this.tree(base + 2 + maxPositionStates * 8 + position * 8, 3)
    return 18 + this.tree(base + 2 + maxPositionStates * 16, 8)
  }

  private distance(length: number): number {
    const slot = this.tree(distanceSlot + Math.min(length - 2, 3) * 64, 6)
    if (slot < 4) return slot
    const bits = (slot >>> 1) - 1
    const high = (2 + (slot & 1)) * 2 ** bits
    if (slot < 14) return high + this.reverseTree(distanceSpecial + high - slot, bits)
    return high + this.direct(bits - 4) * 16 + this.reverseTree(distanceAlign, 4)
  }

  private back(distance: number): number {
    const place = this.at - distance - 1
    return this.window[place < 0 ? place + this.window.length : place] as number
  }

  private put(byte: number): void {
    this.out[this.outAt++] = byte
    this.window[this.at] = byte
    this.at = this.at + 1 === this.window.length ? 0 : this.at + 1
    if (this.filled < this.window.length) this.filled++
    this.total = (this.total + 1) >>> 0
  }
}

const bad = (detail: string) => new JennerError('malformed', `xz: ${detail}`)
