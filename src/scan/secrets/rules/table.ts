import { kindOfName } from '../name.ts'
import type { SecretRule } from '../rule.ts'
import { judgeValue } from '../value.ts'

const telling = 'pass(?:word|wd|phrase)?|passwort|pwd|secret|token|api_?key'
/** Korean names, as the search sees them: one character a byte. */
const koreanNames = ['비밀번호', '암호', '패스워드', '비번'].map(name => Buffer.from(name).toString('latin1'))
const maxCells = 200

type Span = { start: number; end: number }
type Cell = Span & { text: string }

/** Values whose name stands in another place: the column of an SQL statement, of a CSV file, of a table in Markdown. */
export const tableRules: SecretRule[] = [
  table('sql-insert-password', ['password in an SQL INSERT', 'SQL INSERT 문의 암호'], {
    keywords: ['insert into', 'insert ignore into', 'replace into'],
    hint: new RegExp(`into\\s{1,4}[^\\s(]{1,130}\\s{0,4}\\([^()]{0,800}(?:${telling})`, 'i'),
    pattern: new RegExp(
      `\\b(?:insert|replace)\\s{1,4}(?:ignore\\s{1,4})?into\\s{1,4}[^\\s(]{1,130}\\s{0,4}\\([^()]{0,800}?(?:${telling})[^()]{0,800}\\)\\s{0,8}values\\s{0,8}\\([\\s\\S]{1,1500}`,
      'dgi',
    ),
    after: 4000,
    locate: insertedSecrets,
  }),
  table('csv-password', ['password in a table', '표에 든 암호'], {
    keywords: ['password', 'passwd', 'pwd', 'secret', 'token', 'api_key', 'apikey'].flatMap(name => [
      `,${name}`,
      `${name},`,
      `;${name}`,
      `${name};`,
      `\t${name}`,
      `${name}\t`,
      `"${name}"`,
    ]),
    pattern: new RegExp(
      `^(?:\\xef\\xbb\\xbf)?(?:#[^\\n]{0,200}\\n){0,3}[\\w "',;\\t.-]{0,300}(?:${telling})[\\w "',;\\t.-]{0,300}\\r?\\n(?:[^\\n]{1,400}(?:\\n|$)){1,10}`,
      'dgi',
    ),
    after: 4800,
    locate: separatedSecrets,
    paths: /\.(?:csv|tsv)$/,
  }),
  table('markdown-table-password', ['password in a table', '표에 든 암호'], {
    keywords: ['password', 'passwd', 'pwd', 'secret', 'token', ...koreanNames].flatMap(name => [
      `|${name}`,
      `| ${name}`,
      `${name} |`,
      `${name}|`,
    ]),
    hint: /\n[ \t]{0,8}\|?[ \t]{0,4}:?-{3}/,
    pattern: new RegExp(
      `\\|[^\\n]{0,300}(?:${telling}|${koreanNames.join('|')})[^\\n]{0,300}\\n[ \\t]{0,8}\\|?[ \\t]{0,4}:?-{3,80}[-:| \\t]{0,300}\\r?\\n(?:[ \\t]{0,8}\\|[^\\n]{1,400}(?:\\n|$)){1,10}`,
      'dgi',
    ),
    after: 5200,
    locate: markdownSecrets,
    written: true,
  }),
]

/** What databases keep in a password's column: a digest without a mark. */
export function looksHashed(value: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}|\*[0-9A-F]{40})$/i.test(
    value,
  )
}

function table(
  id: string,
  [en, ko]: [string, string],
  rest: Pick<SecretRule, 'keywords' | 'pattern' | 'paths' | 'hint' | 'after' | 'locate' | 'written'>,
): SecretRule {
  return {
    id,
    title: { en, ko },
    category: 'credential',
    severity: 'HIGH',
    before: 700,
    ...rest,
    check: secret => !looksHashed(secret) && judgeValue('password', secret),
  }
}

/** Columns whose name says so, by their position. A column of hashes is named so, or its values are. */
function tellingColumns(names: string[]): number[] {
  return names.flatMap((name, index) => {
    const text = name.trim().replace(/^["'`[]|["'`\]]$/g, '')
    return kindOfName(text) === 'other' && !koreanNames.includes(text) ? [] : [index]
  })
}

/** `(a, b) VALUES (1, 'x'), (2, 'y');` */
function insertedSecrets(statement: string): Span[] {
  const open = statement.indexOf('(')
  const close = statement.indexOf(')', open)
  const columns = tellingColumns(statement.slice(open + 1, close).split(','))
  const spans: Span[] = []
  for (let at = statement.indexOf('(', close); at >= 0; ) {
    const { cells, end } = readRow(statement, at + 1)
    for (const index of columns) if (cells[index]?.text) spans.push(inside(cells[index]))
    const next = /^\s{0,8},\s{0,8}\(/.exec(statement.slice(end, end + 20))
    at = next ? end + next[0].length - 1 : -1
  }
  return spans
}

/** Cells up to the closing parenthesis; what stands in quotation marks is one cell. Only those in quotation marks have a text. */
function readRow(text: string, from: number): { cells: Cell[]; end: number } {
  const cells: Cell[] = []
  let cell: Cell = { start: from, end: from, text: '' }
  let at = from
  for (; at < text.length && cells.length < maxCells; at++) {
    const char = text[at]!
    if (char === "'" || char === '"') {
      const close = closingQuote(text, at)
      cell = { start: at + 1, end: close, text: text.slice(at + 1, close) }
      at = close
    } else if (char === ',' || char === ')') {
      cells.push(cell)
      cell = { start: at + 1, end: at + 1, text: '' }
      if (char === ')') return { cells, end: at + 1 }
    } else if (char === ';') break
  }
  return { cells, end: at }
}

/** Doubled, or behind a backslash, a quotation mark is part of the text. */
function closingQuote(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === text[at]) {
      if (text[end + 1] !== text[at]) return end
      end++
    }
  }
  return text.length
}

const inside = ({ start, end }: Cell): Span => ({ start, end })

/** The names stand in the first line: further below the same words are a row's. */
function separatedSecrets(match: string): Span[] {
  const [head, ...rows] = linesOf(match).filter(({ text }) => !text.startsWith('#'))
  const separator = [',', ';', '\t'].find(char => head?.text.includes(char))
  if (head === undefined || separator === undefined) return []
  const names = cellsOf(head, separator).map(({ text }) => text.replace('\xef\xbb\xbf', ''))
  if (names.some(name => !/^[\w .-]{1,40}$/.test(name))) return []
  return rowsOf(
    names,
    rows.map(row => cellsOf(row, separator)),
  )
}

function markdownSecrets(match: string): Span[] {
  const [head, rule, ...rows] = linesOf(match)
  if (!head || !rule) return []
  return rowsOf(
    cellsOf(head, '|').map(({ text }) => text),
    rows.map(row => cellsOf(row, '|')),
  )
}

function rowsOf(names: string[], rows: Cell[][]): Span[] {
  const columns = tellingColumns(names)
  return rows.flatMap(cells =>
    cells.length === names.length
      ? columns.flatMap(index => (cells[index]!.text === '' ? [] : [inside(cells[index]!)]))
      : [],
  )
}

function linesOf(text: string): Cell[] {
  const lines: Cell[] = []
  for (let from = text.startsWith('\n') ? 1 : 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    lines.push({ start: from, end, text: text.slice(from, end) })
    from = end + 1
  }
  return lines
}

/** The parts of a line without the blanks, quotation marks and code marks around them. */
function cellsOf(line: Cell, separator: string): Cell[] {
  const cells: Cell[] = []
  let from = line.start
  for (const part of line.text.split(separator, maxCells)) {
    const text = part.replace(/^[\s"'`*]{1,20}|[\s"'`*]{1,20}$/g, '')
    const start = from + part.indexOf(text)
    cells.push({ start, end: start + text.length, text })
    from += part.length + separator.length
  }
  return cells
}
