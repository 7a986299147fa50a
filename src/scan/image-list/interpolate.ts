/** A text with its variables filled in, and the names of those that have no value. */
export interface Interpolated {
  text: string
  unresolved: string[]
}

const maxDepth = 8
const maxLength = 4096

/**
 * Fills in variables as Compose does (compose-spec, "Interpolation") and Dockerfiles nearly so:
 *   $NAME ${NAME} ${NAME:-default} ${NAME-default} ${NAME:?error} ${NAME?error} ${NAME:+other} ${NAME+other} $$
 * With `:` an empty value counts as none. Defaults may hold variables themselves. What has no value becomes nothing and is named.
 */
export function interpolate(text: string, variables: ReadonlyMap<string, string>): Interpolated {
  const unresolved = new Set<string>()
  const filled = fill(text.slice(0, maxLength), variables, unresolved, 0)
  return { text: filled.slice(0, maxLength), unresolved: [...unresolved] }
}

function fill(text: string, variables: ReadonlyMap<string, string>, unresolved: Set<string>, depth: number): string {
  if (depth > maxDepth) return ''
  let out = ''
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at)
    if (dollar < 0) return out + text.slice(at)
    out += text.slice(at, dollar)
    const next = text[dollar + 1]
    if (next === '$') {
      out += '$'
      at = dollar + 2
    } else if (next === '{') {
      const end = closing(text, dollar + 2)
      out += braced(text.slice(dollar + 2, end), variables, unresolved, depth)
      at = end + 1
    } else {
      const name = /^[A-Za-z_]\w{0,127}/.exec(text.slice(dollar + 1, dollar + 130))?.[0]
      out += name === undefined ? '$' : lookUp(name, variables, unresolved)
      at = dollar + 1 + (name?.length ?? 0)
    }
    if (out.length > maxLength) return out
  }
  return out
}

/** Where the brace that opened before `from` closes; the end of the text where it does not. */
function closing(text: string, from: number): number {
  let open = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{' && text[at - 1] === '$') open++
    else if (text[at] === '}' && --open === 0) return at
  }
  return text.length
}

function braced(
  inside: string,
  variables: ReadonlyMap<string, string>,
  unresolved: Set<string>,
  depth: number,
): string {
  const [, name, colon, operator, word = ''] = /^([A-Za-z_]\w{0,127})(?:(:?)([-?+])(.*))?$/s.exec(inside) ?? []
  if (name === undefined) {
    unresolved.add(inside.slice(0, 40))
    return ''
  }
  const value = variables.get(name)
  const has = value !== undefined && !(colon === ':' && value === '')
  if (operator === '+') return has ? fill(word, variables, unresolved, depth + 1) : ''
  if (has) return value
  if (operator === '-') return fill(word, variables, unresolved, depth + 1)
  return lookUp(name, variables, unresolved)
}

function lookUp(name: string, variables: ReadonlyMap<string, string>, unresolved: Set<string>): string {
  const value = variables.get(name)
  if (value === undefined) unresolved.add(name)
  return value ?? ''
}

/** The variables of an environment file (`.env`): `NAME=value`, quotes taken off, `#` begins a comment. */
export function parseEnvFile(text: string): Map<string, string> {
  const variables = new Map<string, string>()
  for (const line of text.slice(0, 1024 * 1024).split(/\r?\n/)) {
    const pair = /^\s{0,100}(?:export\s{1,100})?([A-Za-z_]\w{0,127})\s{0,100}=(.{0,4096})$/.exec(line)
    if (!pair) continue
    const value = pair[2]!.trim()
    const quoted = /^(["'])(.*?)\1/.exec(value)
    variables.set(pair[1]!, quoted ? quoted[2]! : value.replace(/(?:^|\s)#.*$/s, '').trim())
  }
  return variables
}
