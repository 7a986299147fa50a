/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** RFC 6901: `/annotations/authorization.k8s.io~1decision`. Undefined where nothing stands there. */
export function atPointer(root: Json | undefined, pointer: string): Json | undefined {
  return walk(root, parsePointer(pointer))
}

export function parsePointer(pointer: string): string[] {
  const parts = pointer.startsWith('/') ? pointer.slice(1).split('/') : pointer === '' ? [] : pointer.split('/')
  return parts.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function walk(root: Json | undefined, path: readonly string[]): Json | undefined {
  let at = root
  for (const name of path) {
    if (at === null || typeof at !== 'object') return undefined
    if (Array.isArray(at)) at = /^\d{1,9}$/.test(name) ? at[Number(name)] : undefined
    else at = Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

/** Text as it is, everything else as JSON. */
export function textOfJson(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}
