import { en, type MessageKey } from './en.ts'
import { ko } from './ko.ts'

export type Language = 'en' | 'ko'
export type { MessageKey }

/** The sentence of `key` in `language`, with `{name}` parts filled from `values`; `{name:one|many}` is the first word where the value is 1. Korean has no plural. */
export function translate(language: Language, key: MessageKey, values: Record<string, string | number> = {}): string {
  const sentence = language === 'ko' ? ko[key] : en[key]
  return sentence.replace(
    /\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      if (!Object.hasOwn(values, name)) return whole
      const value = String(values[name])
      if (one === undefined || many === undefined) return value
      return value === '1' ? one : many
    },
  )
}
