/** Empty, `.` and `..` parts: the only ones that normalising has to look at. */
const odd = /(?:^|\/)\.{0,2}(?:\/|$)/
const slash = 0x2f
const dot = 0x2e

/** Whether there is nothing to normalise. Nearly all names are told by plain searches; the rest (`.bin`, folders with a slash behind them) by the expression. */
function isPlain(name: string): boolean {
  const first = name.charCodeAt(0)
  const certain =
    name !== '' &&
    first !== slash &&
    first !== dot &&
    name.charCodeAt(name.length - 1) !== slash &&
    !name.includes('/.') &&
    !name.includes('//')
  return certain || !odd.test(name)
}

/**
 * A name out of an archive as a path relative to the root: no `./`, no `//`, no leading or trailing `/`; `''` is the root itself.
 * Undefined when it would leave the root or cannot be a path: `..` anywhere, a NUL. A backslash is an ordinary character.
 */
export function normalizePath(name: string): string | undefined {
  if (name.includes('\0')) return undefined
  if (isPlain(name)) return name
  const parts: string[] = []
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') return undefined
    parts.push(part)
  }
  return parts.join('/')
}

/**
 * What a name says about lower layers. OCI image-spec, layer.md, "Whiteouts": `.wh.NAME` hides NAME beside it, `.wh..wh..opq` all that stands
 * in its folder. Other `.wh..wh.` names are aufs' own book-keeping. `'bad'`: hides something outside its folder.
 */
export function parseWhiteout(
  path: string,
): { path: string; whiteout: 'file' | 'opaque' } | 'internal' | 'bad' | undefined {
  const slash = path.lastIndexOf('/')
  if (!path.startsWith('.wh.', slash + 1)) return undefined
  const folder = slash < 0 ? '' : path.slice(0, slash)
  const name = path.slice(slash + 5)
  if (name === '.wh..opq') return { path: folder, whiteout: 'opaque' }
  if (name.startsWith('.wh.')) return 'internal'
  if (name === '' || name === '.' || name === '..') return 'bad'
  return { path: folder === '' ? name : `${folder}/${name}`, whiteout: 'file' }
}
