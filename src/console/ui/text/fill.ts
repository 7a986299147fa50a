export type Lang = 'en' | 'ko'
export type Values = Record<string, string | number>

/** What was chosen last, else the browser's language. */
export function firstLang(stored: string | null, languages: readonly string[]): Lang {
  if (stored === 'en' || stored === 'ko') return stored
  const known = languages.find(language => /^(en|ko)\b/i.test(language))
  return known?.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

/** `{name}` parts filled from `values`, once; `{name:alert:alerts}` is the first word for 1, the second for everything else. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)(?::([^:{}]*):([^:{}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (!(name in values)) return whole
    if (one === undefined || many === undefined) return String(values[name])
    return String(values[name]) === '1' ? one : many
  })
}
