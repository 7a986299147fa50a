import type { FileEntry } from '../../../../base/model/ecosystem.ts'

/** PEP 503: names differing in case and in runs of `-_.` are one. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** The folder of a path with its slash; `''` at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** Not a file that an installed package, or a virtual environment, happens to carry. */
export function outsideSitePackages({ path }: FileEntry): boolean {
  return !/(?:^|\/)(?:site-packages|dist-packages|node_modules|\.venv)\//.test(path)
}
