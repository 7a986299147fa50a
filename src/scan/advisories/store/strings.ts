import { JennerError } from '../../../base/errors.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'

/**
 * A text in a record: `head = length * 8 + kind`, then
 * kind 0: `length` bytes of ASCII · kind 4: of UTF-8 · kind 1: CVE id, `length` = digits of the number; year - 1990, number · kind 2: GHSA id, three base-20 groups · kind 3: entry `length` of the lexicon.
 */
export function writeText(out: ByteWriter, text: string): void {
  const cve = /^CVE-(\d{4})-(\d{4,12})$/.exec(text)
  if (cve && Number(cve[1]) >= 1990) {
    const digits = cve[2] as string
    out.number(digits.length * 8 + 1)
    out.number(Number(cve[1]) - 1990)
    out.number(Number(digits))
    return
  }
  const ghsa = /^GHSA-([2-9cfghjmpqrvwx]{4})-([2-9cfghjmpqrvwx]{4})-([2-9cfghjmpqrvwx]{4})$/.exec(text)
  if (ghsa) {
    out.number(2)
    for (const group of ghsa.slice(1)) out.number(groupNumber(group))
    return
  }
  const bytes = Buffer.from(text)
  out.number(bytes.length * 8 + (bytes.length === text.length ? 0 : 4))
  out.raw(bytes)
}

/** A text of which few different ones exist (feed, note, CPE, module): through the lexicon when it has room. */
export function writeWord(out: ByteWriter, text: string, lexicon: Words): void {
  const index = lexicon.indexOf(text)
  if (index === undefined) writeText(out, text)
  else out.number(index * 8 + 3)
}

export function readText(input: ByteReader, lexicon: readonly string[]): string {
  const head = input.number()
  const length = Math.floor(head / 8)
  switch (head % 8) {
    case 0:
      return input.ascii(length)
    case 4:
      return input.raw(length).toString('utf8')
    case 1:
      return cveText(input.number(), input.number(), length)
    case 2:
      return `GHSA-${groupText(input.number())}-${groupText(input.number())}-${groupText(input.number())}`
    case 3: {
      const word = lexicon[length]
      if (word === undefined) throw new JennerError('database_corrupt', 'a word is not in the lexicon')
      return word
    }
    default:
      throw new JennerError('database_corrupt', 'a text of no known kind')
  }
}

const alphabet = '23456789cfghjmpqrvwx'

function groupNumber(group: string): number {
  let value = 0
  for (const letter of group) value = value * 20 + alphabet.indexOf(letter)
  return value
}

const cvePrefixes = Array.from({ length: 64 }, (_, year) => `CVE-${1990 + year}-`)

/** `year` from 1990 on; `length` digits. */
function cveText(year: number, number: number, length: number): string {
  const digits = String(number)
  const prefix = cvePrefixes[year] ?? `CVE-${1990 + year}-`
  return prefix + (digits.length === length ? digits : digits.padStart(length, '0'))
}

function groupText(value: number): string {
  let text = ''
  for (let i = 0, rest = value; i < 4; i++, rest = Math.floor(rest / 20)) text = alphabet[rest % 20] + text
  return text
}

/** Where a word stands in a list; undefined: in none. */
export interface Words {
  indexOf(word: string): number | undefined
}

/** Words in order of first use, at most `limit`; the writer's half. */
export class Lexicon implements Words {
  readonly words: string[] = []
  private readonly index = new Map<string, number>()
  private readonly limit: number

  constructor(limit = 4096) {
    this.limit = limit
  }

  indexOf(word: string): number | undefined {
    const known = this.index.get(word)
    if (known !== undefined || this.words.length >= this.limit) return known
    this.index.set(word, this.words.length)
    this.words.push(word)
    return this.words.length - 1
  }
}
