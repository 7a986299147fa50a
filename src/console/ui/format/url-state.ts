export type UrlState = Record<string, string>

/** `?a=1&b=x%20y` as plain text values: nothing in an address becomes anything but text. At most 40 keys, 500 characters a value. */
export function parseSearch(search: string): UrlState {
  const state: UrlState = {}
  for (const [key, value] of [...new URLSearchParams(search)].slice(0, 40)) {
    if (/^[a-zA-Z][\w]{0,30}$/.test(key) && key !== '__proto__') state[key] = value.slice(0, 500)
  }
  return state
}

/** The address's query for `state`: empty values left out, keys in order, so that the same view has the same address. */
export function formatSearch(state: Record<string, unknown>): string {
  const entries = Object.entries(state).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const search = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()
  return search === '' ? '' : `?${search.replaceAll('%2C', ',')}`
}

/** A comma-separated value with `item` put in or taken out. */
export function toggled(value: string | undefined, item: string): string | undefined {
  const items = (value ?? '').split(',').filter(Boolean)
  const next = items.includes(item) ? items.filter(other => other !== item) : [...items, item]
  return next.length === 0 ? undefined : next.join(',')
}

export function has(value: string | undefined, item: string): boolean {
  return (value ?? '').split(',').includes(item)
}
