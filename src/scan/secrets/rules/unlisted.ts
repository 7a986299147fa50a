import type { Glance } from '../glance.ts'
import { entropy } from '../judge.ts'
import { letterBits } from '../letters.ts'
import { kindOfName } from '../name.ts'
import type { MatchContext, SecretRule } from '../rule.ts'
import { judgeValue } from '../value.ts'

/** Keys that name a place, an order or a copy: what is looked up by them is random, too, and no secret. */
const otherKeys =
  /(?:^|[-_.])(?:public|pub|publishable|primary|foreign|sort|partition|hash|cache|row|range|map|object|index|unique|group|query|route|idempotency|dedup\w*|order|lookup|column|field|item|json|meta|site|anon|bucket|s3|file|image|artifact|build|content|commit|etag|event|message|msg|feature|flag|shard|routing|registry|react|test|state|store|node|tree|parent|child|host|hostname|peer|verify|verification|validator|pk|trusted|signer|release|gpg|pgp|known|allowed|authorized|dns|dkim|distinct|composite|surrogate|natural|translation|locale|i18n|label|resource|session_cache|id|answer|entry|block|root|layer|install|activation|product)[-_.]?(?:key|pat)$/

const digit = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 48 && byte <= 57 ? 1 : 0))
const inValue = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w+=-]/.test(String.fromCharCode(byte)) ? 1 : 0))
const isBetween = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\s"'`:=>,\])]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** A name of more than the keyword before it, and behind the sign twenty characters of which one is a digit. */
const randomGlance: Glance = (bytes, start, end) => {
  if (start === 0 || inValue[bytes[start - 1]!] === 0) return false
  let at = end
  while (at < end + 8 && isBetween[bytes[at] ?? 0] === 1) at++
  if (at + 20 > bytes.length) return false
  let digits = 0
  for (let to = at; to < at + 20; to++) {
    if (inValue[bytes[to]!] === 0) return false
    digits += digit[bytes[to]!]!
  }
  return digits > 0
}

const quote = `["'\`]`

/** `ACME_KEY=…`: whoever Acme is, a long random text behind a name that ends so opens something. */
export const unlistedRules: SecretRule[] = [
  {
    id: 'random-key',
    title: { en: 'random key in an assignment', ko: '대입문에 든 무작위 키' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['key', '_pat'].flatMap(name => ['=', ' =', ':', '"', "'", '`'].map(sign => name + sign)),
    glance: randomGlance,
    pattern: new RegExp(
      `(?<![\\w.-])(?<name>[A-Za-z][\\w.-]{1,60}?(?:(?<=[-_.])(?:key|KEY|pat|PAT)|(?<=[a-z\\d])Key))(?:${quote}\\]?)?\\s{0,4}(?:=>|:=|[:=,])\\s{0,4}${quote}?(?<secret>[A-Za-z0-9_+=-]{20,200})(?![\\w/+.$(-])`,
      'dg',
    ),
    before: 66,
    after: 240,
    check: isRandomKey,
  },
]

function isRandomKey(secret: string, { window, matchStart, path }: MatchContext): boolean {
  const name = /[\w.-]+/.exec(window.slice(matchStart, matchStart + 64))?.[0] ?? ''
  const parts = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()
  if (otherKeys.test(parts) || /(?:^|\/)[\w.-]*lock[\w.-]*$|\.(?:map|svg|po|snap)$/.test(path)) return false
  // `'a_key', 'b_key'`: of a list. `put('a_key', …)` hands on a value.
  const before = window.slice(Math.max(0, matchStart - 6), matchStart)
  if (/^["'`]?\]?\s{0,4},/.test(window.slice(matchStart + name.length)) && !/\(\s{0,4}["'`]$/.test(before)) return false
  // Names that tell more are judged where they are told.
  if (kindOfName(name) !== 'other' || /^0x/.test(secret)) return false
  const digits = secret.replace(/\D/g, '').length
  const letters = secret.replace(/[^A-Za-z]/g, '').length
  const drawn = digits >= 3 || (digits > 0 && letterBits(secret) >= 5)
  return drawn && letters >= 3 && entropy(secret) >= 3.3 && judgeValue('secret', secret) === true
}
