import { isIP } from 'node:net'

/** An IPv4 or IPv6 network: the address' bits and how many of them count. */
export interface Network {
  bytes: Uint8Array
  prefix: number
}

export function isAddress(text: string): boolean {
  return isIP(text) !== 0
}

/** `a.b.c.d/n`, `a::b/n`, or the older `a.b.c.d/m.m.m.m`; undefined for anything else. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const bytes = addressBytes(slash < 0 ? text : text.slice(0, slash))
  if (!bytes) return undefined
  const size = slash < 0 ? String(bytes.length * 8) : text.slice(slash + 1)
  const mask = size.includes('.') ? addressBytes(size) : undefined
  const prefix = mask ? mask.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0) : Number(size)
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= bytes.length * 8 ? { bytes, prefix } : undefined
}

const maxAnswers = 4096

/** A test whether an address lies inside one of `networks`; no address is inside of none. Answers are kept: the same peers come again and again. */
export function networkTest(networks: readonly Network[]): (text: string) => boolean {
  const answers = new Map<string, boolean>()
  return text => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = isAddress(text) && networks.some(network => inNetwork(text, network))
    if (answers.size >= maxAnswers) answers.clear()
    answers.set(text, answer)
    return answer
  }
}

export function inNetwork(address: string, { bytes, prefix }: Network): boolean {
  const given = addressBytes(address)
  if (!given || given.length !== bytes.length) return false
  const whole = prefix >> 3
  for (let index = 0; index < whole; index++) if (given[index] !== bytes[index]) return false
  const rest = prefix & 7
  return rest === 0 || given[whole]! >> (8 - rest) === bytes[whole]! >> (8 - rest)
}

function addressBytes(text: string): Uint8Array | undefined {
  const version = isIP(text)
  if (version === 4) return Uint8Array.from(text.split('.'), Number)
  if (version !== 6) return undefined
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text.replace(/%.*$/s, ''))
  const plain = mapped ? `${mapped[1]}${groups(mapped[2]!)}` : text.replace(/%.*$/s, '')
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  const bytes = new Uint8Array(16)
  for (const [index, group] of [...left, ...middle, ...right].entries()) {
    const value = Number.parseInt(group, 16)
    bytes[index * 2] = value >> 8
    bytes[index * 2 + 1] = value & 255
  }
  return bytes
}

/** `192.168.0.1` as two groups of IPv6: `c0a8:1`. */
function groups(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number)
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}
