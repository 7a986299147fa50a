/** Formatters cost a hundred times what a format does: each is made once for a language and its options. */
const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()
const spans = new Map<string, Intl.RelativeTimeFormat>()

export function numberFormat(lang: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept(numbers, lang, options, () => new Intl.NumberFormat(lang, options))
}

export function dateFormat(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dates, lang, options, () => new Intl.DateTimeFormat(lang, options))
}

export function relativeFormat(lang: string): Intl.RelativeTimeFormat {
  const options = { numeric: 'auto', style: 'short' } as const
  return kept(spans, lang, options, () => new Intl.RelativeTimeFormat(lang, options))
}

function kept<T>(cache: Map<string, T>, lang: string, options: object, make: () => T): T {
  const key = `${lang} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}
