import { normalizeName } from './names.ts'

/** What a distribution's metadata says of itself. */
export interface Metadata {
  name?: string
  version?: string
  licenses: string[]
  /** Names it needs without extras being asked for, normalised. */
  requires: string[]
}

const maxHeaders = 10_000

/**
 * METADATA and PKG-INFO (packaging.python.org, Core metadata): RFC 822 style headers up to the first empty line; a line that begins with a blank goes on.
 * A file without that empty line is all headers.
 */
export function parseMetadata(text: string): Metadata {
  const headers = readHeaders(text)
  const first = (name: string) => headers.get(name)?.[0]
  return {
    name: first('name'),
    version: first('version'),
    licenses: licensesOf(headers),
    requires: [...new Set((headers.get('requires-dist') ?? []).flatMap(requiredName))],
  }
}

function readHeaders(text: string): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  let values: string[] | undefined
  let count = 0
  for (let from = 0; from < text.length && count < maxHeaders; ) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(from, end).replace(/\r$/, '')
    from = end + 1
    if (line === '') {
      // Some tools begin with empty lines.
      if (headers.size === 0) continue
      break
    }
    if (line[0] === ' ' || line[0] === '\t') {
      if (values) values.push(`${values.pop() ?? ''}\n${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    values = headers.get(name) ?? []
    values.push(line.slice(colon + 1).trim())
    headers.set(name, values)
    count++
  }
  return headers
}

/** `License-Expression` (PEP 639) where it stands; else the licence classifiers; else the free text of `License`, of which a whole licence keeps its first line. */
function licensesOf(headers: Map<string, string[]>): string[] {
  const expression = headers.get('license-expression')?.[0]
  if (expression) return [expression]
  const classified = (headers.get('classifier') ?? []).flatMap(classifier => {
    const parts = classifier.split('::').map(part => part.trim())
    const last = parts.at(-1) ?? ''
    return parts[0] === 'License' && parts.length > 1 && last !== 'OSI Approved' ? [last] : []
  })
  if (classified.length > 0) return [...new Set(classified)]
  const stated = headers
    .get('license')?.[0]
    ?.split('\n')
    .map(line => line.trim())
    .find(line => line !== '')
  return stated && stated.toUpperCase() !== 'UNKNOWN' ? [stated] : []
}

/** `name (>=1) ; marker` → the name, unless only an extra brings it. */
function requiredName(requirement: string): string[] {
  const [spec = '', marker = ''] = requirement.split(';')
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(spec.trim())?.[0]
  return name && !/\bextra\s*==/.test(marker) ? [normalizeName(name)] : []
}
