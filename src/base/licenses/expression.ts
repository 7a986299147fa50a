import { createHash } from 'node:crypto'
import { trimmedOf } from '../trim.ts'
import { exceptionIds, licenseIds } from './ids.ts'
import { gnuLicense, licenseNames, licenseOfUrl, namedException, plainName } from './names.ts'

/** A licence statement in SPDX's language: the expression, and a name for every part that SPDX does not list. */
export interface LicenseExpression {
  expression: string
  /** `LicenseRef-…` to the words as stated. */
  references: Map<string, string>
}

const maxLength = 4096

/**
 * Turns what a package states into one valid SPDX expression. Several statements hold together (AND). undefined when nothing is stated.
 *
 * SPDX 2.3, Annex D:
 *   simple-expression   = license-id / license-id"+" / license-ref
 *   compound-expression = simple-expression / simple-expression "WITH" license-exception-id /
 *                         compound-expression "AND"|"OR" compound-expression / "(" compound-expression ")"
 * Operators are taken in lower case too, as RPM writes them. What is no expression becomes one LicenseRef.
 */
export function toLicenseExpression(statements: readonly string[]): LicenseExpression | undefined {
  const references = new Map<string, string>()
  const parts = [...new Set(statements.map(text => text.trim()).filter(text => text !== ''))].map(text =>
    expressionOf(text, references),
  )
  if (parts.length === 0) return undefined
  const unique = [...new Set(parts)]
  const expression = unique.length === 1 ? unique[0]! : unique.map(bracket).join(' AND ')
  return { expression, references }
}

/** The single listed identifier that `text` is, in its proper spelling. */
export function knownLicenseId(text: string): string | undefined {
  return licenseIds.get(text.toLowerCase()) ?? commonName(text)
}

/** Whether `id` may stand after `LicenseRef-`: letters, digits, `.` and `-`. */
export function referenceName(text: string): string {
  const plain = trimmedOf(text.replace(/[^A-Za-z0-9.-]+/g, '-'), '-')
  if (plain === text && plain !== '' && plain.length <= 64) return `LicenseRef-${plain}`
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `LicenseRef-${[plain.slice(0, 48), mark].filter(part => part !== '').join('-')}`
}

function bracket(expression: string): string {
  return / OR /.test(expression) ? `(${expression})` : expression
}

function expressionOf(text: string, references: Map<string, string>): string {
  const whole = knownLicenseId(text)
  if (whole !== undefined) return whole
  const named = text.length <= 300 ? wholeName(text) : undefined
  if (named !== undefined && / (?:OR|AND) /.test(named)) return named
  // Before anything is looked for in it: blanks without end would be gone through from each of them.
  if (text.length > maxLength) return reference(text, references)
  const words = rewritten(namedException(text))
  const parsed = words.length <= maxLength ? new Parser(words, references).parse() : undefined
  return parsed ?? reference(text, references)
}

/** Other ways of joining licences, as SPDX joins them: `GPL-2 | MIT` and `MIT/X11` (alternatives), `MIT + file LICENSE` (CRAN), `GPLv2+, BSD`. */
function rewritten(text: string): string {
  const cran = text
    .replace(/\s*\+\s*file\s+LICEN[CS]E\b/gi, '')
    .replace(/\bfile\s+LICEN[CS]E\b/gi, 'LicenseRef-file-LICENSE')
  const parts = cran.split(/\s*(?:\||;|,(?!\s*(?:version|v\d|inc\b))|\s\/\s|\s(?:and\/or|or|and|OR|AND|And|Or)\s)\s*/)
  if (parts.length === 1 || /[()]/.test(cran.replace(/\(>=?\s*[\d.]+\)/g, ''))) return joinedNames(cran)
  const operators = [
    ...cran.matchAll(/\s*(\||;|,(?!\s*(?:version|v\d|inc\b))|\s\/\s|\s(?:and\/or|or|and|OR|AND|And|Or)\s)\s*/g),
  ].map(([, word]) => (/^(?:\||\s?\/\s?|and\/or|or)$/i.test(word!.trim()) ? 'OR' : 'AND'))
  const names = parts.map(part => joinedNames(part.trim()))
  if (
    names.some(
      name =>
        name === '' || /\s(?!WITH\b|with\b|OR\b)/.test(name.replace(/ (?:WITH|with) \S+/, '').replace(/ OR \S+/, '')),
    )
  )
    return text
  return names
    .map((name, at) => (at === 0 ? name : `${operators[at - 1]} ${/ OR /.test(name) ? `(${name})` : name}`))
    .join(' ')
}

/** A name of several words as its identifier, where it has one. */
function joinedNames(text: string): string {
  const slashed = text.replace(/^dual\s+/i, '').split('/')
  if (slashed.length > 1 && slashed.every(part => licenseIds.has(part.toLowerCase()))) return slashed.join(' OR ')
  if (/\s(?:with|WITH)\s/.test(text)) return text
  const named = text.length <= 300 ? wholeName(text) : undefined
  return named ?? text
}

function reference(text: string, references: Map<string, string>): string {
  const id = /^LicenseRef-[A-Za-z0-9.-]+$/.test(text) ? text : referenceName(text)
  references.set(id, text)
  return id
}

/** Recursive descent over words and brackets; nesting is limited by maxDepth. */
class Parser {
  readonly #words: string[]
  readonly #references: Map<string, string>
  readonly #found = new Map<string, string>()
  #at = 0
  #depth = 0

  constructor(text: string, references: Map<string, string>) {
    this.#words = text.match(/[()]|[^\s()]+/g) ?? []
    this.#references = references
  }

  /** undefined when the words are no expression. */
  parse(): string | undefined {
    const expression = this.#compound('OR')
    if (expression === undefined || this.#at < this.#words.length) return undefined
    for (const [id, text] of this.#found) this.#references.set(id, text)
    return expression
  }

  #compound(operator: 'OR' | 'AND'): string | undefined {
    const operands: string[] = []
    do {
      const operand = operator === 'OR' ? this.#compound('AND') : this.#simple()
      if (operand === undefined) return undefined
      operands.push(operand)
    } while (this.#take(operator))
    return operands.join(` ${operator} `)
  }

  #simple(): string | undefined {
    if (this.#take('(')) {
      if (++this.#depth > 32) return undefined
      const inner = this.#compound('OR')
      this.#depth--
      return inner !== undefined && this.#take(')') ? `(${inner})` : undefined
    }
    const word = this.#words[this.#at]
    if (word === undefined || /^([()]|and|or|with)$/i.test(word)) return undefined
    this.#at++
    const license = this.#license(word)
    if (!this.#take('WITH')) return license
    const exception = exceptionIds.get((this.#words[this.#at++] ?? '').toLowerCase())
    return exception === undefined ? undefined : `${license} WITH ${exception}`
  }

  #license(word: string): string {
    const known = knownLicenseId(word) ?? (word.endsWith('+') ? orLater(word) : undefined)
    if (known !== undefined) return known
    const id = /^LicenseRef-[A-Za-z0-9.-]+$/.test(word) ? word : referenceName(word)
    this.#found.set(id, word)
    return id
  }

  #take(word: string): boolean {
    if (this.#words[this.#at]?.toUpperCase() !== word) return false
    this.#at++
    return true
  }
}

function orLater(word: string): string | undefined {
  const base = licenseIds.get(word.slice(0, -1).toLowerCase())
  return base === undefined ? undefined : `${base}+`
}

/** One identifier (not an expression) that a name of the field stands for. */
function commonName(text: string): string | undefined {
  const found = wholeName(text)
  return found === undefined ? undefined : licenseIds.get(found.toLowerCase())
}

/** What a name, an address or a GNU licence in words stands for: an identifier or an expression, not yet looked up. */
function wholeName(text: string): string | undefined {
  const plain = plainName(text)
  const bare = plain.replace(/\s*\([^()]{1,80}\)$/, '')
  const known = licenseNames.get(plain) ?? licenseIds.get(plain) ?? gnuLicense(text) ?? licenseOfUrl(text)
  return known ?? licenseNames.get(bare) ?? licenseIds.get(bare)
}
