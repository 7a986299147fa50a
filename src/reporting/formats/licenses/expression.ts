import { createHash } from 'node:crypto'
import { exceptionIds, licenseIds } from './ids.ts'

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
  const plain = text.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+|-+$/g, '')
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
  const parsed = text.length <= maxLength ? new Parser(text, references).parse() : undefined
  return parsed ?? reference(text, references)
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

/** Names that registries and distributions use for what SPDX lists. */
const names: Record<string, string> = {
  'apache 2.0': 'Apache-2.0',
  'apache-2': 'Apache-2.0',
  'apache 2': 'Apache-2.0',
  'apache license 2.0': 'Apache-2.0',
  'apache license, version 2.0': 'Apache-2.0',
  'apache software license': 'Apache-2.0',
  'asl 2.0': 'Apache-2.0',
  'mit license': 'MIT',
  'the mit license': 'MIT',
  expat: 'MIT',
  'bsd license': 'BSD-3-Clause',
  'bsd-3': 'BSD-3-Clause',
  '3-clause bsd': 'BSD-3-Clause',
  '3-clause bsd license': 'BSD-3-Clause',
  'new bsd': 'BSD-3-Clause',
  'bsd-2': 'BSD-2-Clause',
  'simplified bsd': 'BSD-2-Clause',
  'isc license': 'ISC',
  'mozilla public license 2.0 (mpl 2.0)': 'MPL-2.0',
  'mplv2.0': 'MPL-2.0',
  'public-domain': 'LicenseRef-public-domain',
  psf: 'PSF-2.0',
}

function commonName(text: string): string | undefined {
  const known = Object.hasOwn(names, text.toLowerCase()) ? names[text.toLowerCase()] : undefined
  if (known !== undefined) return known.startsWith('LicenseRef-') ? undefined : known
  // Debian (`GPL-2+`) and Fedora (`LGPLv2+`) short names of the GNU licences.
  const gnu = /^(A?GPL|LGPL|GFDL)[-v ]?(\d)(?:\.(\d))?(\+)?$/i.exec(text)
  if (!gnu) return undefined
  const id = `${gnu[1]}-${gnu[2]}.${gnu[3] ?? '0'}-${gnu[4] ? 'or-later' : 'only'}`
  return licenseIds.get(id.toLowerCase())
}
