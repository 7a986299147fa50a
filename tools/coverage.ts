import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyExtractor, FilePattern } from '../src/base/model/ecosystem.ts'
import type { Package } from '../src/base/model/package.ts'
import { feeds } from '../src/scan/advisories/feeds/index.ts'
import { distroFamilies } from '../src/scan/inventory/distros/table.ts'
import { classifiers } from '../src/scan/inventory/ecosystems/generic/classifiers/index.ts'
import { ecosystems } from '../src/scan/inventory/ecosystems/index.ts'
import { heuristics } from '../src/scan/malware/heuristics/engine.ts'
import { secretRules } from '../src/scan/secrets/rules/index.ts'
import { wholeFileRules } from '../src/scan/secrets/whole-file.ts'
import { type CoverageText, coverageTexts, type Language } from './coverage-text.ts'

/** `npm run coverage`: writes docs/LANGUAGE/coverage.md out of the lists that the scanner itself works with. coverage.test.ts tells when they are old. */
export const coverageFile = (language: Language) => join(import.meta.dirname, '..', 'docs', language, 'coverage.md')

export function coverageOf(language: Language): string {
  const text = coverageTexts[language]
  return `${[
    `# ${text.title}`,
    text.generated,
    ...section(text, text.ecosystems, ecosystemRows(language, text)),
    ...section(text, text.programs, programRows()),
    ...section(text, text.distributions, distributionRows(text)),
    ...section(text, text.feeds, feedRows(language)),
    ...section(text, text.secrets, secretRows(language)),
    ...section(text, text.malware, malwareRows(language)),
  ].join('\n\n')}\n`
}

type Section = { title: string; lead: string; columns: string[] }

function section({ count }: CoverageText, { title, lead, columns }: Section, rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
  return [`## ${title}`, `${lead} ${count(rows.length)}`, table]
}

const code = (text: string) => `\`${text}\``
const anyPackage: Package = {
  id: '',
  name: 'x',
  version: '1',
  type: '',
  purl: '',
  foundBy: '',
  path: '',
  licenses: [],
  dependsOn: [],
}

function ecosystemRows(language: Language, text: CoverageText): string[][] {
  return ecosystems.flatMap(ecosystem => {
    const names = ecosystem.class === 'os-pkgs' ? [] : ecosystem.advisoryEcosystems(undefined, anyPackage)
    const judged =
      ecosystem.class === 'os-pkgs' ? text.byDistribution : names.length > 0 ? names.join(', ') : text.nobody
    return ecosystem.extractors.map((extractor, index) => [
      index === 0 ? ecosystem.title[language] : '',
      index === 0 ? code(ecosystem.type) : '',
      code(extractor.id),
      filesOf(extractor, text),
      text.stages[extractor.stage],
      index === 0 ? judged : '',
    ])
  })
}

const numbered = /^\.\d+$/

/** What an extractor wants, as a person would name it; endings by number alone are those of shared libraries. */
function filesOf({ patterns }: AnyExtractor, text: CoverageText): string {
  const named = patterns.filter(({ extension }) => extension === undefined || !numbered.test(extension))
  const shown = named.map(pattern => fileOf(pattern, text))
  if (named.length < patterns.length) shown.push(code('lib*.so.*'))
  return [...new Set(shown)].join(', ')
}

function fileOf(
  { basename, extension, path, folder, under, executable, where }: FilePattern,
  text: CoverageText,
): string {
  if (executable) return text.executable
  if (path !== undefined) return code(path)
  if (folder !== undefined) return code(`${folder}/*`)
  if (under !== undefined) return code(`${under}/**`)
  const name = code(basename ?? `*${extension}`)
  return where && extension !== undefined ? `${name} ${text.inPlaces}` : name
}

function programRows(): string[][] {
  return [...classifiers]
    .sort((a, b) => (a.product < b.product ? -1 : 1))
    .map(({ product, names, cpe }) => [code(product), names.map(code).join(', '), code(cpe[0]!)])
}

function distributionRows(text: CoverageText): string[][] {
  return distroFamilies.map(({ family, alsoKnownAs, ecosystem, naming, complete, product }) => [
    code(family),
    alsoKnownAs.map(code).join(', '),
    ecosystem || '-',
    text.naming[naming],
    complete ? text.yes : text.no,
    product ? code(product) : '-',
  ])
}

function feedRows(language: Language): string[][] {
  return feeds.map(({ id, title, licence }) => [code(id), title[language], licence])
}

function secretRows(language: Language): string[][] {
  return [...secretRules, ...wholeFileRules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, category, severity }) => [code(id), title[language], category, severity])
}

function malwareRows(language: Language): string[][] {
  const own = heuristics.map(({ id, description }) => [code(id), coverageTexts[language].heuristic, description])
  return [...yaraRules().map(([name, description]) => [code(name), 'YARA', description]), ...own]
}

const rulesFolder = join(import.meta.dirname, '..', 'src', 'scan', 'malware', 'rules')

function yaraRules(): [name: string, description: string][] {
  return readdirSync(rulesFolder)
    .filter(name => name.endsWith('.yar'))
    .sort()
    .flatMap(name => {
      const text = readFileSync(join(rulesFolder, name), 'utf8')
      return [...text.matchAll(/^rule (\w+)[^{]*\{[^}]*?description = "([^"]*)"/gm)].map(
        ([, rule = '', description = '']): [string, string] => [rule, description],
      )
    })
}

if (process.argv[1] === import.meta.filename)
  for (const language of ['en', 'ko'] as const) writeFileSync(coverageFile(language), coverageOf(language))
