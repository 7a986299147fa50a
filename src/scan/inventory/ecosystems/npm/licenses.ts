import { own } from '../../../../base/json.ts'

/**
 * Licences of a package.json in all the forms it has had: `license: "MIT"`, `license: { type, url }`, `licenses: [{ type, url }]`,
 * `licenses: ["MIT"]`, `licence`. An object without a type gives its name or address.
 */
export function licensesOf(manifest: unknown): string[] {
  const found = [own(manifest, 'license'), own(manifest, 'licenses'), own(manifest, 'licence')].flatMap(read)
  return [...new Set(found)]
}

function read(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(item => (Array.isArray(item) ? [] : read(item)))
  for (const key of ['type', 'name', 'url']) {
    const text = own(value, key)
    if (typeof text === 'string' && text.trim() !== '') return [text.trim()]
  }
  return []
}
