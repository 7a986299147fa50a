import { matchesGlob } from 'node:path/posix'

/** Whether a path is to be left out: below one of `dirs`, or one of `files`. Plain paths or globs (`*`, `**`, `?`, `{a,b}`), relative to the root. */
export function createSkip(
  dirs: readonly string[] = [],
  files: readonly string[] = [],
): ((path: string) => boolean) | undefined {
  if (dirs.length + files.length === 0) return undefined
  const folders = dirs.map(clean).flatMap(dir => [dir, dir === '' ? '**' : `${dir}/**`])
  const exact = new Set(files.map(clean).filter(isPlain))
  const prefixes = dirs.map(clean).filter(isPlain)
  const globs = [
    ...folders.filter(dir => !isPlain(dir.replace(/\/\*\*$/, ''))),
    ...files.map(clean).filter(file => !isPlain(file)),
  ]
  return path =>
    exact.has(path) ||
    prefixes.some(prefix => path === prefix || path.startsWith(`${prefix}/`)) ||
    globs.some(glob => matchesGlob(path, glob))
}

function clean(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, '')
}

function isPlain(path: string): boolean {
  return !/[*?[\]{}]/.test(path)
}
