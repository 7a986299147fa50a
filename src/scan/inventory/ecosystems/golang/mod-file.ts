import { JennerError } from '../../../../base/errors.ts'
import type { ReportProblem } from '../../../../base/model/ecosystem.ts'

export interface Requirement {
  path: string
  version: string
  indirect: boolean
  line: number
}

export interface Replacement {
  path: string
  /** Only this version is replaced; `''`: all are. */
  version: string
  newPath: string
  /** `''`: the new path is a folder. */
  newVersion: string
}

export interface ModFile {
  module?: string
  go?: string
  toolchain?: string
  requires: Requirement[]
  replaces: Replacement[]
  /** `PATH@VERSION` that are never taken. */
  excludes: string[]
  /** go.work: the folders of its modules, as written. */
  uses: string[]
}

const maxLines = 200_000

/**
 * Reads go.mod after https://go.dev/ref/mod#go-mod-file-grammar, and go.work (https://go.dev/ref/mod#go-work-file-grammar), which adds `use`:
 *
 *     Directive = keyword args newline | keyword "(" newline { args newline } ")" newline
 *     require: ModulePath Version [ "// indirect" ]      replace: ModulePath [ Version ] "=>" ( FilePath | ModulePath Version )
 *     exclude: ModulePath Version
 *
 * A parenthesis is a word of its own, with blanks around it or without. `retract`, `tool`, `ignore`, `godebug` and later directives say nothing of what is used. Paths may be Go strings.
 */
export function parseModFile(text: string, problem?: ReportProblem): ModFile {
  const file: ModFile = { requires: [], replaces: [], excludes: [], uses: [] }
  const lines = text.split('\n')
  if (lines.length > maxLines) throw new JennerError('limit_exceeded', `go.mod of ${lines.length} lines`)
  let block = ''
  let known = 0
  let said = 0
  lines.forEach((line, index) => {
    const comment = line.indexOf('//')
    const words = wordsOf(comment < 0 ? line : line.slice(0, comment))
    if (words.length === 0) return
    said++
    if (block !== '' || keywords.has(words[0]!)) known++
    if (block !== '' && words[0] === ')') block = ''
    else if (block === '' && words[1] === '(' && words.length === 2) block = words[0]!
    else if (block !== '') directive(file, block, words, line, index + 1)
    else directive(file, words[0]!, words.slice(1), line, index + 1)
  })
  if (block !== '') problem?.('truncated', `gomod: the block of ${block.slice(0, 20)} is not closed`)
  if (known === 0 && said > 0) throw new SyntaxError('not a go.mod')
  return file
}

const keywords = new Set([
  'module',
  'go',
  'toolchain',
  'godebug',
  'require',
  'exclude',
  'replace',
  'retract',
  'tool',
  'ignore',
  'use',
])

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"[^"]*"|`[^`]*`|[()]|[^\s"`()]+/g)].map(([word]) => word.replace(/["`]/g, ''))
}

function directive(file: ModFile, keyword: string, args: string[], line: string, number: number): void {
  const [first = '', second = ''] = args
  if (keyword === 'module') file.module = first
  else if (keyword === 'go') file.go = first
  else if (keyword === 'toolchain') file.toolchain = first
  else if (keyword === 'require' && isPath(first) && second !== '') {
    file.requires.push({ path: first, version: second, indirect: /\/\/\s*indirect(?:\s|;|$)/.test(line), line: number })
  } else if (keyword === 'exclude') file.excludes.push(`${first}@${second}`)
  else if (keyword === 'use' && isPath(first)) file.uses.push(first)
  else if (keyword === 'replace') addReplacement(file, args)
}

const isPath = (text: string) => text !== '' && text !== '(' && text !== ')'

function addReplacement(file: ModFile, args: string[]): void {
  const arrow = args.indexOf('=>')
  const [path, version = ''] = args.slice(0, arrow)
  const [newPath, newVersion = ''] = args.slice(arrow + 1)
  if (arrow < 1 || path === undefined || newPath === undefined) return
  file.replaces.push({ path, version, newPath, newVersion })
}

/** The replacement that cmd/go applies to a required module: one for this very version before one for all. */
export function replacementOf(file: ModFile, path: string, version: string): Replacement | undefined {
  const all = file.replaces.filter(item => item.path === path)
  return all.findLast(item => item.version === version) ?? all.findLast(item => item.version === '')
}
