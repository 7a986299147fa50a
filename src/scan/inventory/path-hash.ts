/**
 * 64-bit hashes of paths, in two 32-bit halves: three million paths are 24 MB, where a Set of strings is 800 MB.
 * Two multiplicative hashes (FNV-1a's scheme with different constants) with a final mix; not meant to withstand an attacker, who gains nothing by hiding his own file from himself.
 */
export interface PathHash {
  high: number
  low: number
}

export function hashPath(path: string): PathHash {
  const state = startState()
  advance(state, path, 0, path.length)
  return finalMix(state)
}

function startState(): PathHash {
  return { high: 0x811c9dc5 | 0, low: 0x9747b28c | 0 }
}

function advance(state: PathHash, path: string, from: number, to: number): void {
  let { high, low } = state
  for (let i = from; i < to; i++) {
    const code = path.charCodeAt(i)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x5bd1e995)
    low ^= low >>> 15
  }
  state.high = high
  state.low = low
}

function finalMix({ high, low }: PathHash): PathHash {
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b)
  high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return { high: (high ^ (high >>> 16)) >>> 0, low: (low ^ (low >>> 13)) >>> 0 }
}

/** `hashPath` for paths that come folder by folder, as in archives: what the folder gives is worked out once. */
export function pathHasher(): (path: string) => PathHash {
  const state = startState()
  let folder = ''
  let { high, low } = state
  return path => {
    const end = path.lastIndexOf('/') + 1
    if (end !== folder.length || !path.startsWith(folder)) {
      Object.assign(state, startState())
      advance(state, path, 0, end)
      folder = path.slice(0, end)
      high = state.high
      low = state.low
    }
    state.high = high
    state.low = low
    advance(state, path, end, path.length)
    return finalMix(state)
  }
}

/** Gathers hashes; `finish` sorts them and drops what was reserved. */
export interface PathHashBuilder {
  add(path: string): PathHash
  finish(): BigUint64Array
}

export function pathHashBuilder(): PathHashBuilder {
  let halves = new Uint32Array(1024)
  let length = 0
  const hashOf = pathHasher()
  return {
    add(path) {
      if (length === halves.length) {
        const larger = new Uint32Array(Math.ceil(length * 0.75) * 2)
        larger.set(halves)
        halves = larger
      }
      const hash = hashOf(path)
      halves[length++] = hash.low
      halves[length++] = hash.high
      return hash
    },
    finish() {
      // Little-endian, as every platform that runs Node is: the low half stands first.
      const sorted = new BigUint64Array(halves.slice(0, length).buffer)
      halves = new Uint32Array(2)
      return sorted.sort()
    },
  }
}

/** Answers whether sorted hashes hold a path's. */
export function pathLookup(sorted: BigUint64Array): (hash: PathHash) => boolean {
  const halves = new Uint32Array(sorted.buffer, sorted.byteOffset, sorted.length * 2)
  return ({ high, low }) => {
    let from = 0
    let to = sorted.length
    while (from < to) {
      const middle = (from + to) >>> 1
      const otherHigh = halves[middle * 2 + 1]!
      const otherLow = halves[middle * 2]!
      if (otherHigh === high && otherLow === low) return true
      if (otherHigh < high || (otherHigh === high && otherLow < low)) from = middle + 1
      else to = middle
    }
    return false
  }
}
