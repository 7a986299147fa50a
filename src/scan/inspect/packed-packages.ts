import type { LayerRef, Package } from '../../base/model/package.ts'

/**
 * Packages as they are kept. Thousands of objects of the same few forms are one text and a table of numbers instead: read back in half of the time and with half of
 * the memory that reading the objects would take, since equal words and values are one.
 */
export interface PackedPackages {
  /** All words one behind the other, each once, and where each ends. */
  text: string
  ends: Uint32Array
  /** Lists of words by their numbers. */
  lists: Uint32Array[]
  layers: LayerRef[]
  /** What else packages have. */
  rests: Rest[]
  /** Eleven numbers a package, as `row` takes them. */
  cells: Uint32Array
}

type Rest = Omit<
  Package,
  'id' | 'name' | 'version' | 'type' | 'purl' | 'foundBy' | 'path' | 'licenses' | 'dependsOn' | 'layer'
>

const width = 11
/** In the place of a number: an id made of the purl and the path; no layer; nothing else. */
const none = 0xffffffff

export function packPackages(packages: readonly Package[]): PackedPackages {
  const words = numbering()
  const lists = numbering()
  const layers = numbering()
  const rests = numbering()
  const list = (items: string[]): number => lists.of(items.map(words.of).join())
  const object = (to: Numbering, value: object | undefined): number =>
    value === undefined ? none : to.of(JSON.stringify(value))
  const row = ({
    id,
    name,
    version,
    type,
    purl,
    foundBy,
    path,
    licenses,
    dependsOn,
    layer,
    ...rest
  }: Package): number[] => [
    id === joinedId(purl, path) ? none : words.of(id),
    words.of(name),
    words.of(version),
    words.of(type),
    words.of(purl),
    words.of(foundBy),
    words.of(path),
    list(licenses),
    list(dependsOn),
    object(layers, layer),
    object(rests, Object.keys(rest).length > 0 ? rest : undefined),
  ]
  const cells = new Uint32Array(packages.length * width)
  for (const [index, pkg] of packages.entries()) cells.set(row(pkg), index * width)
  return {
    ...joinWords(words.keys()),
    lists: lists.keys().map(key => Uint32Array.from(key === '' ? [] : key.split(',').map(Number))),
    layers: layers.keys().map(key => JSON.parse(key)),
    rests: rests.keys().map(key => JSON.parse(key)),
    cells,
  }
}

/** The packages that `packPackages` was given. Lists and layers that are equal are the same object: nobody may write to them. */
export function unpackPackages({ text, ends, lists, layers, rests, cells }: PackedPackages): Package[] {
  const words = wordsOf(text, ends)
  const wordLists = lists.map(list => Array.from(list, number => words[number] as string))
  const packages: Package[] = []
  for (let at = 0; at < cells.length; at += width) {
    const id = cells[at] as number
    const purl = words[cells[at + 4] as number] as string
    const path = words[cells[at + 6] as number] as string
    const layer = cells[at + 9] as number
    const rest = cells[at + 10] as number
    const pkg: Package = {
      id: id === none ? joinedId(purl, path) : (words[id] as string),
      name: words[cells[at + 1] as number] as string,
      version: words[cells[at + 2] as number] as string,
      type: words[cells[at + 3] as number] as string,
      purl,
      foundBy: words[cells[at + 5] as number] as string,
      path,
      licenses: wordLists[cells[at + 7] as number] as string[],
      dependsOn: wordLists[cells[at + 8] as number] as string[],
    }
    if (layer !== none) pkg.layer = layers[layer] as LayerRef
    packages.push(rest === none ? pkg : { ...pkg, ...rests[rest] })
  }
  return packages
}

function joinedId(purl: string, path: string): string {
  return `${purl}#${path}`
}

function joinWords(words: string[]): Pick<PackedPackages, 'text' | 'ends'> {
  const ends = new Uint32Array(words.length)
  let end = 0
  words.forEach((word, index) => {
    end += word.length
    ends[index] = end
  })
  return { text: words.join(''), ends }
}

function wordsOf(text: string, ends: Uint32Array): string[] {
  const words: string[] = []
  let start = 0
  for (const end of ends) {
    words.push(text.slice(start, end))
    start = end
  }
  return words
}

interface Numbering {
  of(key: string): number
  keys(): string[]
}

/** Gives each key a number, in the order they come. */
function numbering(): Numbering {
  const numbers = new Map<string, number>()
  return {
    of(key) {
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, numbers.size)
      return numbers.size - 1
    },
    keys: () => [...numbers.keys()],
  }
}
