import { parseAllDocuments } from 'yaml'
import type { RuleText } from './load.ts'

const maxLength = 16 * 1024 * 1024

/**
 * A file of exceptions as a rule file that appends: items that name a rule and only `exceptions` may leave out `override: {exceptions: append}`.
 * Text that cannot be read stays as it is; the loader says what is wrong with it.
 */
export function asAppended({ name, content }: RuleText): RuleText {
  const items = content.length > maxLength ? undefined : itemsOf(content)
  if (!items?.some(isBare)) return { name, content }
  const whole = items.map(item => (isBare(item) ? { ...item, override: { exceptions: 'append' } } : item))
  return { name, content: JSON.stringify(whole) }
}

/** All scalars as text: what is written there is what counts. */
function itemsOf(content: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(content, { schema: 'failsafe', uniqueKeys: false })
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined
    return documents.flatMap(document => (document.toJS({ maxAliasCount: 100 }) as unknown[] | null) ?? [])
  } catch {
    return undefined
  }
}

function isBare(item: unknown): item is Record<string, unknown> {
  if (typeof item !== 'object' || item === null) return false
  const keys = Object.keys(item)
  return keys.length === 2 && keys.includes('rule') && keys.includes('exceptions')
}
