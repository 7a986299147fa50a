import { escapeText } from '../../../base/text.ts'
import { stringify } from '../json.ts'

export type Value = unknown

/** A field by its own name, never one that JavaScript adds (`constructor`, `__proto__`). Foreign text is made safe here, once, where it enters the template. */
export function property(value: Value, name: string): Value {
  if (typeof value !== 'object' || value === null) return undefined
  // In Trivy's types the details of a vulnerability are a struct within it: `.Vulnerability.Severity`.
  if (!Object.hasOwn(value, name))
    return name === 'Vulnerability' && Object.hasOwn(value, 'VulnerabilityID') ? value : undefined
  const found = (value as Record<string, unknown>)[name]
  return typeof found === 'string' ? clean(found) : found
}

/** Foreign text on one line, nothing in it that a terminal obeys. */
export function clean(text: string): string {
  return escapeText(text.replace(/[\r\n\t]+/g, ' '))
}

/** Go's emptiness: false, 0, nil, "", an empty list or map. */
export function truthy(value: Value): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

/** As Go prints: strings as they are, lists as `[a b]`, absent as `<no value>`. */
export function show(value: Value): string {
  if (value === undefined || value === null) return '<no value>'
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return `[${value.map(item => show(typeof item === 'string' ? clean(item) : item)).join(' ')}]`
  return typeof value === 'object' ? stringify(value) : String(value)
}

/** Fields of reports that are absent rather than empty: in Go's types they are "" or 0, and templates count on it. Any other name that is not there is a mistake, and shown as one. */
const emptyTexts = new Set(
  'PkgID PkgName PkgPath FixedVersion Status SeveritySource PrimaryURL Title Description PublishedDate LastModifiedDate Type Version Release Arch SrcName SrcVersion SrcRelease Maintainer Modularitylabel FilePath Name Link Category Match Owner Commit Author Licence Reference SHA256 Digest DiffID V2Vector V3Vector V40Vector Family CreatedBy'.split(
    ' ',
  ),
)
const emptyNumbers = new Set('V2Score V3Score V40Score StartLine EndLine Epoch SrcEpoch Size Offset'.split(' '))

/** What an absent field of a report is to a template. */
export function emptyField(name: string | undefined): Value {
  if (name === undefined) return undefined
  return emptyTexts.has(name) ? '' : emptyNumbers.has(name) ? 0 : undefined
}
