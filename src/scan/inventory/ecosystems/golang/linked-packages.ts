import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { type Fields, fieldsOf, type Program } from '../../../../base/program/program.ts'

const maxNames = 128 * 1024 * 1024

/**
 * The packages whose functions are in a Go program: what the linker left, not what the build list has. Read from the runtime's table of functions
 * (Go's internal/abi and cmd/link: `pclntab`), which stripping does not remove. Undefined for programs before Go 1.16 and where it cannot be found.
 */
export function linkedPackages(source: ByteSource): Set<string> | undefined {
  for (const { program, source: inner } of openPrograms(source)) {
    const table = nameTable(program, inner)
    if (table) return packagesIn(table)
  }
  return undefined
}

const sectionNames = new Set(['.gopclntab', '.data.rel.ro.gopclntab', '__gopclntab'])
/** Go 1.16, 1.18 and 1.20: the second and third have the text's start in the header. */
const headers = new Map([
  [0xfffffffa, 2],
  [0xfffffff0, 3],
  [0xfffffff1, 3],
])

/**
 * Header: magic (4 bytes), two zero bytes, the least instruction size, the pointer size; then words: functions, files, [text's start,] and the offsets of
 * the function names, the compilation units …: the names stand between these two, each ended by a zero byte.
 */
function nameTable(program: Program, source: ByteSource): Buffer | undefined {
  const { sections, little } = program
  const named = sections.find(({ name }) => sectionNames.has(name))
  if (named) return namesBehind(source, named.offset, little)
  // Other linkers than Go's join the table to what is like it.
  for (const { offset, size } of sections.filter(({ name }) => joinedNames.has(name)))
    for (const at of headersIn(source, offset, Math.min(size, maxNames), little)) {
      const names = namesBehind(source, at, little)
      if (names) return names
    }
  return undefined
}

const joinedNames = new Set(['.data.rel.ro', '.rodata', '.rdata', '__rodata'])

/** Where a header may begin: aligned, the magic, two zero bytes, the least instruction size, the pointer size. */
function* headersIn(source: ByteSource, offset: number, size: number, little: boolean): Generator<number> {
  const bytes = readExactly(source, offset, Math.max(0, Math.min(size, source.size - offset)))
  for (const magic of headers.keys()) {
    const start = Buffer.alloc(6)
    if (little) start.writeUInt32LE(magic, 0)
    else start.writeUInt32BE(magic, 0)
    for (let at = bytes.indexOf(start), hits = 0; at >= 0 && hits < 100; at = bytes.indexOf(start, at + 1), hits++)
      if (at % 8 === 0) yield offset + at
  }
}

function namesBehind(source: ByteSource, offset: number, little: boolean): Buffer | undefined {
  if (offset + 80 > source.size) return undefined
  const header = fieldsOf(readExactly(source, offset, 80), little)
  const before = headers.get(header.u32(0))
  const size = header.bytes[7]
  if (before === undefined || (size !== 4 && size !== 8)) return undefined
  const start = word(header, 8 + before * size, size)
  const end = word(header, 8 + (before + 1) * size, size)
  if (!(start > 0 && end > start && end - start <= maxNames)) return undefined
  return offset + end > source.size ? undefined : readExactly(source, offset + start, end - start)
}

function word(header: Fields, at: number, size: number): number {
  return size === 8 ? header.u64(at) : header.u32(at)
}

function packagesIn(table: Buffer): Set<string> {
  const found = new Set<string>()
  for (let from = 0; from < table.length; ) {
    const nul = table.indexOf(0, from)
    const end = nul < 0 ? table.length : nul
    const path = packageOf(table.toString('latin1', from, Math.min(end, from + 1024)))
    if (path !== undefined) found.add(path)
    from = end + 1
  }
  return found
}

/** `a.org/b/c.(*T).Method`, `a.org/b/c.F[…]` → `a.org/b/c`. Dots in the last element are written `%2e`. Names with a colon are the linker's own. */
function packageOf(symbol: string): string | undefined {
  const bracket = symbol.indexOf('[')
  const name = bracket < 0 ? symbol : symbol.slice(0, bracket)
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1)
  if (dot <= 0 || name.startsWith('type..') || /[:(){} *;]/.test(name.slice(0, dot))) return undefined
  return name.slice(0, dot).replaceAll('%2e', '.')
}

/**
 * The linked packages by module: each goes to the module with the longest path that begins its own; those whose first element has no dot are the standard
 * library's (key `''`), but for `main`.
 */
export function byModule(linked: Iterable<string>, modules: readonly string[]): Map<string, string[]> {
  const known = new Set(modules)
  const found = new Map<string, string[]>([['', []], ...modules.map((path): [string, string[]] => [path, []])])
  for (const path of [...linked].sort()) {
    if (path === 'main') continue
    const module = moduleOf(path, known) ?? (path.split('/', 1)[0]!.includes('.') ? undefined : '')
    if (module !== undefined) found.get(module)!.push(path)
  }
  return found
}

function moduleOf(path: string, known: ReadonlySet<string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const part = path.slice(0, end)
    if (known.has(part)) return part
  }
  return undefined
}
