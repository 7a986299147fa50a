import { isObject, itemsAt, own, parseJson, stringAt } from '../../base/json.ts'
import type { Decision as Word } from '../../scan/advisories/vex/decision.ts'
import { readIgnoreLines } from '../../scan/advisories/vex/ignore-lines.ts'
import { type DecisionInput, justification } from '../schemas/decisions.ts'

export interface Imported {
  decisions: DecisionInput[]
  skipped: { what: string; why: string }[]
}

/** An ignore line that never ends is accepted for so long: an accepted risk must end. */
const acceptedFor = 90 * 86_400_000
const most = 5000

/** `.trivyignore`: each line an accepted risk, since that is all that a line says. What has passed or is not understood is named. */
export function importIgnoreLines(text: string, owner: string, now: number): Imported {
  const out: Imported = { decisions: [], skipped: [] }
  const file = readIgnoreLines('.trivyignore', text)
  for (const { source, detail } of file.problems) out.skipped.push({ what: source, why: detail })
  // A field that is not understood may have meant to narrow the line: without it the line would hide more than was asked for.
  const unclear = new Set(file.problems.map(one => one.source))
  const lines = text.split(/\r?\n/)
  for (const word of file.decisions.slice(0, most)) {
    if (unclear.has(word.source)) continue
    const input = acceptedOf(word, lines, owner, now)
    if (typeof input === 'string') out.skipped.push({ what: `${word.source} ${word.ids[0] ?? ''}`.trim(), why: input })
    else out.decisions.push(input)
  }
  if (file.decisions.length > most) out.skipped.push({ what: '.trivyignore', why: `more than ${most} lines` })
  return out
}

function acceptedOf(word: Word, lines: readonly string[], owner: string, now: number): DecisionInput | string {
  const line = lines[Number(/:(\d+)$/.exec(word.source)?.[1]) - 1] ?? ''
  if (/\spath:/.test(line)) return 'path'
  const purl = /\s(pkg:\S+)/.exec(line)?.[1]
  const ends = word.expires === undefined ? now + acceptedFor : endOfDay(word.expires)
  if (ends <= now) return `expired ${word.expires}`
  const [id] = word.ids
  return {
    scope: { ...(id !== undefined && { vulnerability: id }), ...(purl !== undefined && { package: purl }) },
    status: 'accepted',
    owner: word.owner ?? owner,
    expires: new Date(ends).toISOString(),
    comment: word.statement ?? '',
  }
}

/** A bare date holds to its end. */
function endOfDay(date: string): number {
  return Date.parse(date) + (/^\d{4}-\d{2}-\d{2}$/.test(date) ? 86_400_000 : 0)
}

/** OpenVEX: `not_affected` with its justification. `fixed`, `affected` and `under_investigation` hide nothing and are named as skipped. */
export function importOpenVex(text: string, owner: string): Imported {
  const out: Imported = { decisions: [], skipped: [] }
  let document: unknown
  try {
    document = parseJson(text)
  } catch {
    return { decisions: [], skipped: [{ what: 'openvex', why: 'not JSON' }] }
  }
  const statements = itemsAt(document, 'statements')
  for (const [i, statement] of statements.slice(0, most).entries()) {
    const read = readStatement(statement, document, owner)
    if (typeof read === 'string') out.skipped.push({ what: `statement ${i + 1}`, why: read })
    else out.decisions.push(...read)
  }
  if (statements.length > most) out.skipped.push({ what: 'openvex', why: `more than ${most} statements` })
  return out
}

/** The decisions of a statement, or why it gives none. */
function readStatement(statement: unknown, document: unknown, owner: string): DecisionInput[] | string {
  const status = stringAt(statement, 'status') ?? ''
  if (status !== 'not_affected') return status || 'status'
  const flaw = nameOfFlaw(own(statement, 'vulnerability'))
  if (!flaw) return 'vulnerability'
  const reason = justification.safeParse(stringAt(statement, 'justification'))
  const impact = stringAt(statement, 'impact_statement') ?? ''
  // The specification asks for one or the other.
  if (!reason.success && impact === '') return `${flaw}: justification`
  const scopes = scopesOf(statement, document)
  if (scopes.length === 0) return `${flaw}: products`
  return scopes.map(scope => ({
    scope: { vulnerability: flaw, ...scope },
    status: 'not_affected',
    justification: reason.success ? reason.data : 'vulnerable_code_not_in_execute_path',
    owner,
    comment: impact.slice(0, 5000),
  }))
}

function nameOfFlaw(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, 200)
  return (stringAt(value, 'name') ?? stringAt(value, '@id'))?.slice(0, 200)
}

/** A product is a package, or an image (`pkg:oci/…`, a digest, a reference) with packages in it. */
function scopesOf(statement: unknown, document: unknown): { package?: string; image?: string }[] {
  const stated = itemsAt(statement, 'products')
  const products = stated.length > 0 ? stated : itemsAt(document, 'products')
  return products.slice(0, 100).flatMap((product): { package?: string; image?: string }[] => {
    const id = idOf(product)
    if (!id) return []
    if (id.startsWith('pkg:') && !/^pkg:(?:oci|docker)\//.test(id)) return [{ package: id.slice(0, 300) }]
    const image = imageOf(id)
    const parts = isObject(product) ? itemsAt(product, 'subcomponents').map(idOf).filter(Boolean) : []
    return parts.length === 0 ? [{ image }] : parts.map(part => ({ image, package: part!.slice(0, 300) }))
  })
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return stringAt(own(value, 'identifiers'), 'purl') ?? stringAt(value, '@id')
}

/** `pkg:oci/app@sha256%3A…?repository_url=…` → its digest; anything else as it stands. */
function imageOf(id: string): string {
  const digest = /sha256(?::|%3[aA])([0-9a-f]{64})/.exec(id)?.[1]
  if (digest) return `*sha256:${digest}`
  const name = /^pkg:(?:oci|docker)\/([^@?#]+)/.exec(id)?.[1]
  return (name ? `*${decode(name)}*` : id).slice(0, 300)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
