import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml'

/** One item of a rule file: its keys with values as plain data, and where it stands. */
export interface Item {
  values: Map<string, unknown>
  /** Keys in the order they stand. */
  keys: string[]
  file: string
  line: number
}

export interface DocumentProblem {
  kind: 'parse' | 'validate'
  /** About one item, not the whole document. */
  ofItem?: boolean
  message: string
  line: number
}

const maxBytes = 32 << 20
const maxDepth = 64
/** What aliases may make of a file: nodes that are read through them. */
const maxRepeated = 100_000

/**
 * Reads a rule file: YAML, one or more documents, each a sequence of maps (an empty document is allowed).
 * Every scalar is kept as the text that stands there (`007`, `=`, `on` stay what they are), as Falco's reader does; aliases are bounded.
 */
export function readItems(text: string, file: string): { items: Item[]; problems: DocumentProblem[] } {
  if (text.length > maxBytes)
    return { items: [], problems: [{ kind: 'parse', message: 'the file is larger than 32 MiB', line: 1 }] }
  const counter = new LineCounter()
  const items: Item[] = []
  const repeated = { left: maxRepeated }
  const documents = parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, merge: false, strict: false })
  if (!Array.isArray(documents)) return { items, problems: [] }
  for (const document of documents) {
    const [error] = document.errors
    if (error)
      return {
        items,
        problems: [{ kind: 'parse', message: error.message.split('\n')[0]!, line: error.linePos?.[0].line ?? 1 }],
      }
    const root = document.contents as Node | null
    if (root === null || (isScalar(root) && root.value === null)) continue
    const at = lineOf(root, counter)
    const plain = (node: Node | null): unknown => plainOf(node, 0, document, repeated, false)
    if (!isSeq(root))
      return {
        items,
        problems: [{ kind: 'validate', message: 'Rules content is not yaml array of objects', line: at }],
      }
    for (const entry of root.items as Node[]) {
      const line = lineOf(entry, counter)
      if (!isMap(entry))
        return {
          items,
          problems: [
            {
              kind: 'validate',
              ofItem: true,
              message: 'Unexpected element type. Each element should be a yaml associative array.',
              line,
            },
          ],
        }
      const item = itemOf(entry, file, line, plain)
      if (repeated.left < 0) return { items, problems: [{ kind: 'parse', message: 'aliases repeat too much', line }] }
      items.push(item)
    }
  }
  return { items, problems: [] }
}

function lineOf(node: Node, counter: LineCounter): number {
  return counter.linePos(node.range?.[0] ?? 0).line
}

function itemOf(map: YAMLMap, file: string, line: number, plain: (node: Node | null) => unknown): Item {
  const values = new Map<string, unknown>()
  for (const pair of map.items) values.set(String(plain(pair.key as Node)), plain(pair.value as Node | null))
  return { values, keys: [...values.keys()], file, line }
}

/** A node as plain data: texts, arrays, Maps; null for nothing. Plain scalars keep their spelling. What an alias repeats is counted. */
function plainOf(
  node: Node | null,
  depth: number,
  document: Document,
  repeated: { left: number },
  counts: boolean,
): unknown {
  if (node === null || depth > maxDepth || (counts && repeated.left-- < 0)) return null
  const inner = (value: unknown): unknown => plainOf(value as Node | null, depth + 1, document, repeated, counts)
  if (isAlias(node)) return plainOf(node.resolve(document) ?? null, depth + 1, document, repeated, true)
  if (isScalar(node)) {
    if (node.value === null && !(node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')) return null
    return node.type === 'PLAIN' && typeof node.source === 'string' ? node.source : String(node.value)
  }
  if (isSeq(node)) return node.items.map(inner)
  if (isMap(node)) return new Map(node.items.map(pair => [String(inner(pair.key)), inner(pair.value)]))
  return null
}
