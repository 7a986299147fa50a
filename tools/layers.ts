import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { listSources } from './sources.ts'

interface Layers {
  rooms: Record<string, string[]>
}

/**
 * Every import that points where layers.json does not allow, and every import cycle, as problems.
 * Imports are read from the syntax tree (rolldown's parser), never by pattern.
 */
export function checkLayers(root: string): string[] {
  const { rooms } = JSON.parse(readFileSync(join(root, 'layers.json'), 'utf8')) as Layers
  const files = listSources(root)
  const graph = new Map(files.map(file => [file, importsOf(root, file)]))
  const problems = files.flatMap(file => forbiddenImports(file, graph.get(file)!, rooms))
  return [...problems, ...findCycles(graph)]
}

/** The longest room path that holds `file`, or undefined. */
function roomOf(file: string, rooms: Record<string, string[]>): string | undefined {
  let best: string | undefined
  for (const room of Object.keys(rooms)) {
    if (file.startsWith(`${room}/`) && room.length > (best?.length ?? 0)) best = room
  }
  return best
}

function forbiddenImports(file: string, imports: string[], rooms: Record<string, string[]>): string[] {
  const room = roomOf(file, rooms)
  if (room === undefined) return [`${file} is in no room of layers.json`]
  const allowed = rooms[room]!
  return imports.flatMap(target => {
    const other = roomOf(target, rooms)
    if (other === room || allowed.includes('*') || (other !== undefined && allowed.includes(other))) return []
    return [`${file} imports ${target}: ${room} may not import from ${other ?? 'outside every room'}`]
  })
}

interface Node {
  type: string
  source?: { value?: unknown } | null
  [key: string]: unknown
}

/** Relative imports of a file (static, dynamic with a literal, re-exports), as paths relative to `root`. */
function importsOf(root: string, file: string): string[] {
  const { program, errors } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`)
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { type, source } = node as Node
    if (/^(Import(Declaration|Expression)|Export(Named|All)Declaration)$/.test(type ?? '') && source) {
      const name = (source as { value?: unknown }).value
      if (typeof name === 'string' && name.startsWith('.')) found.add(normalize(join(dirname(file), name)))
    }
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value)
  }
  visit(program)
  return [...found]
}

function findCycles(graph: Map<string, string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[] = []
  const walk = (file: string, trail: string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push(`import cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`)
      return
    }
    state.set(file, 'open')
    for (const target of graph.get(file) ?? []) walk(target, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of graph.keys()) walk(file, [])
  return cycles
}
