import type { KnownImage } from '../../base/model/base-image.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import { type Severity, severities } from '../../base/model/severity.ts'
import { knownImageOf } from './recognise.ts'

/** A vulnerability as far as comparing bases needs it. */
export interface BaseFinding {
  id: string
  packageName: string
  severity: Severity
}

/** What another base would change. `newer`: the same repository and variant, a higher version; `smaller`: fewer bytes. */
export interface BaseAdvice {
  name: string
  digest?: string
  kind: 'newer' | 'smaller' | 'other'
  /** Findings of the present base that it does not have. */
  removes: number
  removesBySeverity: Partial<Record<Severity, number>>
  /** Findings that it has and the present base has not. */
  adds: number
  remaining: number
  size?: number
}

/**
 * What stored inventories of other bases tell about the present one: each judged by `findingsOf` against the same advisories, the best first; those that
 * leave as many findings as there are now are left out. Pure, as far as `findingsOf` is.
 */
export function adviseBases(
  present: Inventory,
  others: readonly Inventory[],
  findingsOf: (inventory: Inventory) => readonly BaseFinding[],
): BaseAdvice[] {
  const from = knownImageOf(present)
  const now = byKey(findingsOf(present))
  return others
    .flatMap(other => {
      const image = knownImageOf(other)
      return image && image.name !== from?.name ? [adviceOf(image, byKey(findingsOf(other)), from, now)] : []
    })
    .filter(({ remaining }) => remaining < now.size)
    .sort((a, b) => a.remaining - b.remaining || (a.size ?? 0) - (b.size ?? 0) || (a.name < b.name ? -1 : 1))
}

function adviceOf(
  image: KnownImage,
  then: Map<string, BaseFinding>,
  from: KnownImage | undefined,
  now: Map<string, BaseFinding>,
): BaseAdvice {
  const removed = [...now].filter(([key]) => !then.has(key)).map(([, finding]) => finding)
  const removesBySeverity: BaseAdvice['removesBySeverity'] = {}
  for (const severity of severities) {
    const count = removed.filter(finding => finding.severity === severity).length
    if (count > 0) removesBySeverity[severity] = count
  }
  return {
    name: image.name,
    ...(image.digest && { digest: image.digest }),
    kind: kindOf(image, from),
    removes: removed.length,
    removesBySeverity,
    adds: [...then.keys()].filter(key => !now.has(key)).length,
    remaining: then.size,
    ...(image.size !== undefined && { size: image.size }),
  }
}

function byKey(findings: readonly BaseFinding[]): Map<string, BaseFinding> {
  return new Map(findings.map(finding => [`${finding.id}\0${finding.packageName}`, finding]))
}

function kindOf(image: KnownImage, from: KnownImage | undefined): BaseAdvice['kind'] {
  if (from && isNewerTag(image.name, from.name)) return 'newer'
  return from?.size !== undefined && image.size !== undefined && image.size < from.size ? 'smaller' : 'other'
}

/** Whether two names are of one repository and variant (`-slim`, `-alpine`), and the first has the higher version. */
export function isNewerTag(name: string, than: string): boolean {
  const a = tagOf(name)
  const b = tagOf(than)
  if (!a || !b || a.repository !== b.repository || a.variant !== b.variant) return false
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at++) {
    const [left, right] = [a.numbers[at] ?? 0, b.numbers[at] ?? 0]
    if (left !== right) return left > right
  }
  return false
}

/** `python:3.11.4-slim-bookworm` → `python`, 3 11 4, `slim-bookworm`. Digits in the variant (`alpine3.19`) are another version of the same one. */
function tagOf(name: string): { repository: string; numbers: number[]; variant: string } | undefined {
  const match = /^([^@]{1,400}):v?(\d{1,8}(?:\.\d{1,8}){0,4})(?:-([\w.-]{1,100}))?$/.exec(name)
  if (!match) return undefined
  const variant = (match[3] ?? '').replace(/[\d.]+/g, '')
  return { repository: match[1]!, numbers: match[2]!.split('.').map(Number), variant }
}
