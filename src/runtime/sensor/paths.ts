/** Joins a path to what it is relative to and takes `.`, `..` and doubled slashes out, as text. */
export function resolvePath(base: string, path: string): string {
  const full = path.startsWith('/') ? path : `${base}/${path}`
  if (!full.includes('//') && !full.includes('/.') && (full === '/' || !full.endsWith('/'))) return full
  const parts: string[] = []
  for (const part of full.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
