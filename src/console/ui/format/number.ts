import { numberFormat } from './intl.ts'

/** `12,345` in the reader's way. */
export function count(value: number, lang: string): string {
  return numberFormat(lang).format(value)
}

/** Bytes in decimal units: `12.3 MB`. */
export function bytes(value: number, lang: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  const digits = step === 0 ? 0 : 1
  return `${numberFormat(lang, { maximumFractionDigits: digits }).format(value / 1000 ** step)} ${units[step]}`
}

/** A share between 0 and 1 as per cent, never rounded up to 100 nor down to 0. */
export function percent(share: number, lang: string): string {
  const clamped = share >= 1 ? 1 : share > 0.999 ? 0.999 : share > 0 && share < 0.001 ? 0.001 : share
  return numberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(clamped)
}

/** Milliseconds as people read them: `84 ms`, `1.2 s`. */
export function duration(milliseconds: number, lang: string): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  return `${numberFormat(lang, { maximumFractionDigits: 1 }).format(milliseconds / 1000)} s`
}

/** `sha256:0123456789ab…` short enough to read, long enough to tell apart. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12)
}
