import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** packrat/packrat.lock, paragraphs of `Field: value`: the first is about R, each other states `Package`, `Source`, `Version`, `Requires: a, b`. */
export const packratLock: Extractor = {
  id: 'packrat',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'packrat.lock' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file =>
    file
      .text()
      .replaceAll('\r', '')
      .split(/\n{2,}/)
      .flatMap(packageOf),
}

function packageOf(paragraph: string): FoundPackage[] {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of paragraph.split('\n')) {
    const match = /^([A-Za-z]\w{0,50}):[ \t]{0,20}(.*)$/.exec(line)
    if (match) {
      last = match[1]!
      fields.set(last, match[2]!)
    } else if (last !== '') fields.set(last, `${fields.get(last)} ${line.trim()}`)
  }
  const [name, version] = [fields.get('Package'), fields.get('Version')]
  if (!name || !version) return []
  const repository = fields.get('Source')
  const needs = (fields.get('Requires') ?? '').split(',').map(need => need.trim())
  return [{ name, version, dependsOn: needs.filter(need => need !== ''), ...(repository && { extra: { repository } }) }]
}
