import { type Status, statuses as statusWords } from '../base/model/advisory.ts'
import { type PackageRelationship, packageRelationships as relationshipWords } from '../base/model/package.ts'
import { type Severity, severities as scale } from '../base/model/severity.ts'

/** Readers of flag values. Each throws RangeError whose message is the list of what is allowed, or an example. */

export function list(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

export function boolean(text: string): boolean {
  const word = text.toLowerCase()
  if (['true', '1', 'yes', 'on', ''].includes(word)) return true
  if (['false', '0', 'no', 'off'].includes(word)) return false
  throw new RangeError('true, false')
}

export function severity(text: string): Severity {
  const word = text.trim().toUpperCase()
  const known = word === 'NEGLIGIBLE' ? 'LOW' : scale.find(name => name === word)
  if (known === undefined) throw new RangeError(scale.join(', '))
  return known
}

export function severities(text: string): Severity[] {
  const named = list(text).map(severity)
  if (named.length === 0) throw new RangeError(scale.join(', '))
  return scale.filter(name => named.includes(name))
}

export function exitCode(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 255) throw new RangeError('0 … 255')
  return Number(text)
}

export function packageTypes(text: string): ('os' | 'library')[] {
  return oneOf(text, ['os', 'library'])
}

export function packageRelationships(text: string): PackageRelationship[] {
  return oneOf(text, [...relationshipWords])
}

export function statuses(text: string): Status[] {
  return oneOf(text, [...statusWords])
}

/** Accepts the scanners of the contract; what is not built yet is told by the verb, by its name. */
export function scanners(text: string): string[] {
  return oneOf(text.replaceAll('config', 'misconfig').replaceAll('mismisconfig', 'misconfig'), [
    'vuln',
    'secret',
    'malware',
    'misconfig',
    'license',
    'none',
  ])
}

export function imageSources(text: string): string[] {
  const words = list(text.replaceAll('registry', 'remote'))
  const known = oneOf(words.join(','), ['docker', 'containerd', 'podman', 'remote'])
  // The order is the user's.
  return known.sort((a, b) => words.indexOf(a) - words.indexOf(b))
}

export function language(text: string): 'en' | 'ko' {
  const word = text.toLowerCase().slice(0, 2)
  if (word !== 'en' && word !== 'ko') throw new RangeError('en, ko')
  return word
}

const timeUnits: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Go's durations (`5m`, `1h30m`, `300s`) or plain seconds, in milliseconds. */
export function duration(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  if (!/^(\d{1,9}(\.\d{1,3})?(ms|[smh])){1,4}$/.test(text)) throw new RangeError('300s, 5m, 1h30m')
  let sum = 0
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ms|[smh])/g)) sum += Number(number) * timeUnits[unit!]!
  return sum
}

const sizeUnits: Record<string, number> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/** `512MB`, `1g`, `300MiB` or plain bytes; units are powers of 1024. */
export function bytes(text: string): number {
  const parts = /^(\d{1,15}(?:\.\d{1,3})?)([KMGT]?)(?:I?B)?$/.exec(text.trim().toUpperCase())
  if (!parts) throw new RangeError('512MB, 1GB')
  return Math.round(Number(parts[1]) * sizeUnits[parts[2]!]!)
}

function oneOf<Word extends string>(text: string, allowed: Word[]): Word[] {
  const words = list(text)
  const known = allowed.filter(word => words.includes(word))
  if (words.length === 0 || words.some(word => !(allowed as string[]).includes(word))) {
    throw new RangeError(allowed.join(', '))
  }
  return known
}
