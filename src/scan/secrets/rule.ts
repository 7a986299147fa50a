import type { SecretCategory } from '../../base/model/content.ts'
import type { Severity } from '../../base/model/severity.ts'
import { assignedGlance, type Glance } from './glance.ts'

/**
 * One kind of secret, as data. `keywords` are literal texts (lower case, compared without case) of which one must stand near: the text is searched for all
 * rules' keywords at once, and `pattern` runs only over a window around a hit.
 */
export interface SecretRule {
  id: string
  title: { en: string; ko: string }
  category: SecretCategory
  severity: Severity
  keywords: string[]
  /** With the flags `dg`; every quantifier bounded. The group named `secret`, else the whole match, is the secret. */
  pattern: RegExp
  /** What every match holds, told quickly and without groups: where it is not in the window, `pattern` is not tried. */
  hint?: RegExp
  /** Told at the bytes themselves, at a keyword: whether the pattern may match there. */
  glance?: Glance
  /** Where in a match its secrets stand, when no group can tell: a column of a table. Positions within the match. */
  locate?: (match: string) => { start: number; end: number }[]
  /** Bytes before and behind a keyword that a match may reach. Derived from the pattern's greatest length, not guessed. */
  before: number
  after: number
  /** Paths (lower case) in which alone it is looked for. */
  paths?: RegExp
  /** `token`: its own form proves it. Otherwise a name beside it does. */
  form?: 'token'
  /** What people write to each other, of which nothing but words is around: a document is where that stands. */
  written?: true
  /** Never more than probable, wherever it stands. */
  certainty?: 'low'
  /** A user's own rule: it counts wherever it matches. */
  everywhere?: true
  /** Structure that can be verified offline: checksums, decoded parts, context. */
  check?: (secret: string, context: MatchContext) => Verdict
  /** Whose it is, where the token itself says so and that is no secret: the account of a key id. */
  owner?: (secret: string) => string | undefined
}

/** Whether it is a secret; `low`: it may be one, and probably nobody's. */
export type Verdict = boolean | 'low'

export interface MatchContext {
  /** The text of the window that was searched. */
  window: string
  /** Where the secret stands in it. */
  start: number
  /** Where the whole match does. */
  matchStart: number
  /** Path of the file, lower case. */
  path: string
}

/**
 * Writes a rule for a token that its own prefix tells: `prefix` is the literal beginning (its keyword), `body` what follows.
 * The secret must not run on from a word before it.
 */
export function token(
  id: string,
  title: [en: string, ko: string],
  category: SecretCategory,
  prefix: string | string[],
  body: string,
  options: Partial<Pick<SecretRule, 'severity' | 'check' | 'after'>> = {},
): SecretRule {
  const prefixes = Array.isArray(prefix) ? prefix : [prefix]
  const start = prefixes.map(escapeRegex).join('|')
  return {
    id,
    title: { en: title[0], ko: title[1] },
    category,
    severity: 'CRITICAL',
    form: 'token',
    keywords: prefixes.map(text => text.toLowerCase()),
    pattern: new RegExp(`(?<![A-Za-z0-9])(?<secret>(?:${start})${body})`, 'dg'),
    before: 1,
    after: 512,
    check: secret => !isFiller(secret.slice(prefixLength(secret, prefixes))),
    ...options,
  }
}

/**
 * Writes a rule for a token without a telling form: it counts only where a name of its owner stands before it as in an assignment
 * (`NAME_TOKEN = "…"`, `name-key: …`, `"nameKey": "…"`).
 */
export function named(
  id: string,
  title: [en: string, ko: string],
  category: SecretCategory,
  names: string[],
  value: string,
  options: Partial<Pick<SecretRule, 'severity' | 'check'>> = {},
): SecretRule {
  const owner = names.map(name => name.split(/[-_ ]/).map(escapeRegex).join('[-_ .]{0,2}')).join('|')
  return {
    id,
    title: { en: title[0], ko: title[1] },
    category,
    severity: 'HIGH',
    keywords: [...new Set(names.flatMap(spellings))],
    pattern: new RegExp(
      `(?<![A-Za-z])(?:${owner})[\\w .-]{0,40}["'\`]?\\]?(?:\\s{0,5}(?:=>|:=|[:=,(>]|:\\s?[&\\w<>[\\]]{1,16}\\s?=|\\|\\||value=|(?<=\\s)(?=["']))|,?\\s{1,40}"?value"?:)\\s{0,5}["'\`]?\\s{0,2}(?<secret>${value})(?![\\w+/-])`,
      'dgi',
    ),
    glance: assignedGlance,
    before: 40,
    after: 400,
    check: secret => !isFiller(secret),
    ...options,
  }
}

/** What of a name stands in the text however its words are joined: a single word; else two neighbouring ones, with each way of joining them. */
function spellings(name: string): string[] {
  const words = name.toLowerCase().split(/[-_ ]/)
  if (words.length === 1) return words
  const pairs = words.slice(1).map((word, index): [string, string] => [words[index]!, word])
  const [first, second] = pairs.sort((a, b) => b.join('').length - a.join('').length)[0]!
  return joints.map(joint => first + joint + second)
}

const joints = ['', '-', '_', ' ', '.'].flatMap((one, index, all) => (index === 0 ? [one] : all.map(two => one + two)))

function prefixLength(secret: string, prefixes: string[]): number {
  return prefixes.find(prefix => secret.startsWith(prefix))?.length ?? 0
}

/** `xxxxxxxx`: what documents write where a token would stand. */
function isFiller(body: string): boolean {
  const counts = new Map<string, number>()
  for (const char of body.toLowerCase()) counts.set(char, (counts.get(char) ?? 0) + 1)
  return Math.max(...counts.values()) > body.length * 0.6 || /x{8}/i.test(body)
}

export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
