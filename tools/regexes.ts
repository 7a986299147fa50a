import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { secretRules } from '../src/scan/secrets/rules/index.ts'
import { boundedFiles } from './regex-bounded.ts'
import { ambiguousLoop } from './regex-loops.ts'
import { squareLoop } from './regex-squares.ts'
import { listSources } from './sources.ts'

/** Comments of YARA rules: nothing stands behind the loop, so that it never has to try another way. */
const harmless = new Set([String.raw`(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*`])

/**
 * Every regular expression in src/ (literals, and those that the secret rules put together) that could take exponential time, as problems; and those
 * of files that regex-bounded.ts does not list which could take the square of a text's length.
 */
export function checkRegexes(root: string): string[] {
  const sources = listSources(root).filter(file => file.startsWith('src/') && !file.endsWith('.test.ts'))
  const problems = sources.flatMap(file => inSource(file, readFileSync(join(root, file), 'utf8')))
  for (const { id, pattern, hint, paths } of secretRules)
    for (const { source, flags } of [pattern, hint, paths].filter(one => one !== undefined))
      if (ambiguousLoop(source, flags)) problems.push(`rule ${id}: /${source.slice(0, 200)}/`)
  return problems
}

function inSource(file: string, text: string): string[] {
  const problems: string[] = []
  const bounded = Object.hasOwn(boundedFiles, file)
  let square = false
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { regex, start } = node as { regex?: { pattern: string; flags: string }; start?: number }
    if (regex && !harmless.has(regex.pattern)) {
      const shown = (): string =>
        `${file}:${text.slice(0, start).split('\n').length}: /${regex.pattern.slice(0, 200)}/${regex.flags}`
      const squares = squareLoop(regex.pattern, regex.flags)
      square ||= squares
      if (ambiguousLoop(regex.pattern, regex.flags)) problems.push(shown())
      else if (squares && !bounded)
        problems.push(
          `${shown()} takes the square of a long text: bound it, or say in tools/regex-bounded.ts why no text is long`,
        )
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'regex') visit(child)
  }
  visit(parseSync(file, text).program)
  if (bounded && !square) problems.push(`${file}: nothing in it needs its line in tools/regex-bounded.ts any more`)
  return problems
}
