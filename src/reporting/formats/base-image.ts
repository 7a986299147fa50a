import type { MessageKey } from '../../base/i18n/translate.ts'
import type { Report } from '../../base/model/report.ts'
import { allVulnerabilities } from './findings.ts'

type Say = (key: MessageKey, values?: Record<string, string | number>) => string

/** One line on what the image is built on and how many of its vulnerabilities came with that. The name is foreign text. Undefined where nothing is known. */
export function baseImageLine(report: Report, say: Say): string | undefined {
  const { Name, How, Layers } = { ...report.Metadata.BaseImage }
  const how = hows.get(String(How))
  if (!how) return undefined
  const all = allVulnerabilities(report)
  const known = all.filter(({ vulnerability }) => vulnerability.FromBase === true).length
  const values = { name: typeof Name === 'string' ? Name : '', layers: Number(Layers) || 0, how: say(how) }
  const text = say(values.name === '' ? 'report.base_unnamed' : 'report.base', values)
  return all.length === 0 ? text : `${text} ${say('report.from_base', { count: known, total: all.length })}`
}

const hows = new Map<string, MessageKey>([
  ['layers', 'report.base_layers'],
  ['packages', 'report.base_packages'],
  ['label', 'report.base_label'],
  ['history', 'report.base_history'],
])

/** Lines on the bases that were compared with it, the best first. Names are foreign text. */
export function baseAdviceLines({ Metadata }: Report, say: Say): string[] {
  const list: unknown = Metadata.BaseAdvice
  if (!Array.isArray(list)) return []
  if (list.length === 0) return [say('report.base_no_better')]
  return list.slice(0, 10).map(({ Name, Kind, Removes, Adds, Remaining }) =>
    say('report.base_advice', {
      name: String(Name),
      removes: Number(Removes),
      adds: Number(Adds),
      remaining: Number(Remaining),
      kind: Kind === 'newer' ? say('report.base_newer') : Kind === 'smaller' ? say('report.base_smaller') : '',
    }),
  )
}
