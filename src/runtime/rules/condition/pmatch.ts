import { prefixTest } from '../affixes.ts'
import { compileGlob } from './glob.ts'

/**
 * `pmatch (/a/b, /c/*)`: true for a path that equals one of the listed paths or lies below it, component by component
 * (`/var/run` matches `/var/run/docker`, not `/var/runtime`). A component may be a shell pattern.
 */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const root: Node = { literal: new Map(), patterns: [], end: false }
  for (const path of paths) insert(root, split(path))
  const mayMatch = prefixTest(paths.map(literalHead))
  return path => {
    const plain = path.charCodeAt(0) === slash && !path.includes('//')
    return !(plain && !mayMatch(path)) && find(root, split(path), 0)
  }
}

const slash = 47

/** The beginning that every matching path has, spelled with single slashes. */
function literalHead(path: string): string {
  const whole = `/${split(path).join('/')}`
  const pattern = whole.search(/[*?[\\]/)
  return pattern < 0 ? whole : whole.slice(0, pattern)
}

interface Node {
  literal: Map<string, Node>
  patterns: { matches: (component: string) => boolean; node: Node }[]
  end: boolean
}

function split(path: string): string[] {
  return path.split('/').filter(part => part !== '')
}

function insert(root: Node, parts: string[]): void {
  let node = root
  for (const part of parts) {
    const next: Node = { literal: new Map(), patterns: [], end: false }
    if (/[*?[]/.test(part)) {
      node.patterns.push({ matches: compileGlob(part), node: next })
      node = next
    } else {
      const known = node.literal.get(part)
      if (!known) node.literal.set(part, next)
      node = known ?? next
    }
  }
  node.end = true
}

function find(node: Node, parts: string[], at: number): boolean {
  if (node.end) return true
  const part = parts[at]
  if (part === undefined) return false
  const literal = node.literal.get(part)
  if (literal && find(literal, parts, at + 1)) return true
  return node.patterns.some(pattern => pattern.matches(part) && find(pattern.node, parts, at + 1))
}
