import { en, type MessageKey } from './en.ts'
import { ko } from './ko.ts'

export type Language = 'en' | 'ko'
export type { MessageKey }

/** The sentence of `key` in `language`, with `{name}` parts filled from `values`. */
export function translate(language: Language, key: MessageKey, values: Record<string, string | number> = {}): string {
  const sentence = language === 'ko' ? ko[key] : en[key]
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}
