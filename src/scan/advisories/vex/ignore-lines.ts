import type { Decision, DecisionFile } from './decision.ts'
import { globMatches } from './glob.ts'
import { purlNames } from './product.ts'

/**
 * `.trivyignore`, and `.jennerignore` which has more fields:
 *
 *     line    = [ id *( blank field ) [ blank "reason:" reason ] ] [ blank "#" reason ]
 *     id      = "CVE-2024-1234" | "GHSA-…" | rule | licence | "*"  ; "*" needs a package or path
 *     field   = "exp:" date | "owner:" word | "pkg:" purl-rest | "path:" glob
 */
export function readIgnoreLines(path: string, text: string): DecisionFile {
  const file: DecisionFile = { decisions: [], problems: [] }
  text.split(/\r?\n/).forEach((line, i) => {
    const source = `${path}:${i + 1}`
    const [, body = '', reason] = /^((?:[^#]|\S#)*?)(?:(?:^|\s)#\s*(.*))?$/.exec(line) ?? []
    const [words = '', ...told] = body.split(/\sreason:/)
    const [id, ...fields] = words.trim().split(/\s+/)
    if (!id) return
    const decision = entry(source, id, fields, file)
    if (!decision) return
    const reasons = [told.join(' reason:'), reason ?? ''].map(text => text.trim()).filter(text => text !== '')
    if (reasons.length > 0) decision.statement = reasons.join('; ')
    file.decisions.push(decision)
  })
  return file
}

function entry(source: string, id: string, fields: string[], file: DecisionFile): Decision | undefined {
  const purls: string[] = []
  const paths: string[] = []
  const decision: Decision = {
    kind: 'ignored',
    source,
    ids: id === '*' ? [] : [id],
    status: 'not_affected',
    concerns: () => true,
  }
  const complain = (detail: string) => void file.problems.push({ source, detail })
  for (const field of fields) {
    const value = field.slice(field.indexOf(':') + 1)
    if (field.startsWith('exp:')) {
      if (Number.isNaN(Date.parse(value))) return complain(`not a date: ${value}`) as undefined
      decision.expires = value
    } else if (field.startsWith('owner:')) decision.owner = value
    else if (field.startsWith('pkg:')) purls.push(field)
    else if (field.startsWith('path:')) paths.push(value)
    else complain(`not understood: ${field}`)
  }
  if (id === '*' && purls.length + paths.length === 0) return complain('"*" needs a package or a path') as undefined
  if (paths.length > 0) decision.paths = paths
  if (purls.length > 0) decision.byPackage = true
  decision.concerns = pkg =>
    (purls.length === 0 || purls.some(purl => purlNames(purl, pkg))) &&
    (paths.length === 0 || paths.some(glob => globMatches(glob, pkg.path)))
  return decision
}
