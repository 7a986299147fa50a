import { crc32 } from 'node:zlib'
import { letterBits } from './letters.ts'

/** Shannon entropy of a text's characters, in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** Words that nobody has in a secret, wherever they stand in it. */
const fillIn =
  /example|sample|placeholder|dummy|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this|with)|your[-_ ]|<your|yourpass|yourtoken|yourkey|yoursecret|todo|fixme|insert[-_ ]|redacted|removed|hidden|masked|censored|(?<![a-z])unset|undefined|not[-_ ]?set|lorem|ipsum|xxxx|enter[-_ ]|(?:password|passwd|secret|token|key)[-_ ]?here|here[-_ ]?is|go(?:es)?[-_ ]?here|supersecret|topsecret|(?:my|some)[-_]?(?:password|secret|token|key)/i
/** Words that a short made-up value has, and a long random one only by chance. */
const madeUp = /fake|foo(?![dlt])|(?<![a-z])bar(?![a-z])|baz|(?<![a-z])test|(?:my|unit|py)test|n\/a|my[-_]|replace/i

/** A value that nobody would mistake for a secret: words for "fill me in", one repeated character, a run of the alphabet or of digits, a template. */
export function isPlaceholder(value: string): boolean {
  if (fillIn.test(value) || (madeUp.test(value) && !looksRandom(value))) return true
  if (
    /^(.)\1*$/.test(value) ||
    /^__\w+__$/.test(value) ||
    /(.)\1{5,}/.test(value) ||
    /[*•]{3,}|\.{3}|…|\xe2\x80\xa6/.test(value)
  )
    return true
  const drawn = /^[%#][^%#{}()<>\s]{10,}$/.test(value) && letterBits(value) >= 5 && !/\$\{|\{\{/.test(value)
  if (drawn) return isSequence(value)
  if (/^[<[{(%$#@].*[>\]})%]$|^(?:[<[{(%#]|\$[A-Za-z_{(])/.test(value)) return true
  if (/\$\{|\{\{|%\(|<%|#\{|\$\(|\$[A-Z_]{3,}|\{[a-z_][\w.-]*\}|^%\w+%$|^@.*@$|%[sdvq](?![a-z\d])/i.test(value))
    return true
  return isSequence(value)
}

/** Long, of several kinds of characters, with digits between letters. */
function looksRandom(value: string): boolean {
  return (
    value.length >= 16 &&
    characterKinds(value) >= 2 &&
    /\d/.test(value) &&
    entropy(value) >= 3.5 &&
    !/[-_. ][a-z]{3,}[-_. ]/.test(value)
  )
}

/** `s.ReadUint16LengthPrefixed`: words joined as code joins them; random letters change case and digits more often. */
export function isName(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []
  return words.length > 0 && value.length / words.length >= 3
}

/** A long run of neighbours in the alphabet or among the digits. */
export function isSequence(value: string): boolean {
  return longestRun(value) >= 9
}

/** The longest run of neighbours in the alphabet or among the digits: `1234567`, `ABCDEF`. */
function longestRun(value: string): number {
  let longest = 1
  let run = 1
  for (let at = 1; at < value.length; at++) {
    const step = value.charCodeAt(at) - value.charCodeAt(at - 1)
    run = step === 1 ? run + 1 : 1
    if (run > longest) longest = run
  }
  return longest
}

/** How many kinds of characters a value mixes: lower, upper, digits, others. */
export function characterKinds(value: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter(kind => kind.test(value)).length
}

/** Decodes base64 or base64url; undefined for anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64')
}

/**
 * A JSON Web Token as RFC 7519 has it: header and payload are base64url of JSON objects, the header names an algorithm, and the signature is as long as that
 * algorithm's (HS256 32 bytes, HS384 48, HS512 and ES256 64, RSA and PSS 128 and more).
 */
export function isJwt(token: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = jsonOf(head)
  const payload = jsonOf(body)
  if (!header || !payload || typeof header.alg !== 'string') return false
  const bytes = decodeBase64(signature)?.length ?? 0
  const least: Record<string, number> = { HS256: 32, HS384: 48, HS512: 64, ES256: 64, ES384: 96, ES512: 132, EdDSA: 64 }
  return header.alg === 'none' ? false : bytes >= (least[header.alg] ?? 64)
}

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(decodeBase64(part)?.toString('utf8') ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The last six characters of GitHub's tokens are the CRC-32 of the random part before them, in base 62 ("Behind GitHub's new authentication token formats"). */
export function hasGithubChecksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1)
  return [36, 76].some(length => {
    if (body.length < length) return false
    let rest = crc32(body.slice(0, length - 6))
    let text = ''
    for (let digit = 0; digit < 6; digit++) {
      text = base62[rest % 62] + text
      rest = Math.floor(rest / 62)
    }
    return text === body.slice(length - 6, length)
  })
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The account that an AWS key id belongs to: 40 bits of its base 32, behind the first one. Keys made before 2019 (their fifth letter is I or J) hold none. */
export function awsAccount(keyId: string): string | undefined {
  const digits = [...keyId.slice(4)].map(char => base32.indexOf(char))
  if (digits.length !== 16 || digits.includes(-1) || /^.{4}[IJ]/.test(keyId)) return undefined
  const bits = digits.slice(0, 10).reduce((sum, digit) => sum * 32n + BigInt(digit), 0n)
  const account = (bits >> 9n) & 0xffffffffffn
  return account < 10n ** 12n ? String(account).padStart(12, '0') : undefined
}
