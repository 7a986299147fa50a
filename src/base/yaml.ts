import { Composer, type Document, Parser } from 'yaml'
import { JennerError } from './errors.ts'
import { isObject } from './json.ts'

/** `uniqueKeys` would compare each key with all before it: time by the square of a mapping's size. The last of several equal keys counts. */
const options = {
  schema: 'failsafe',
  maxAliasCount: 100,
  logLevel: 'error',
  prettyErrors: false,
  uniqueKeys: false,
} as const

/** Deeper nesting than any real file has; the parser's time and stack grow with it. */
const maxDepth = 500

/**
 * The top mapping of a YAML document with every scalar left as text (`version: 1.10` is "1.10", not 1.1); undefined when the top is something else.
 * Throws JennerError malformed on bad YAML (`logLevel: 'silent'` would read on past errors), on more than a hundred expansions of aliases, and on
 * nesting without measure. Read foreign keys with `own` and its relatives.
 */
export function parseYamlObject(text: string): Record<string, unknown> | undefined {
  if (flowDepth(text) > maxDepth) throw new JennerError('limit_exceeded', `YAML nested deeper than ${maxDepth}`)
  const value = parseText(text)
  return isObject(value) ? value : undefined
}

/** The library throws its own errors for bad syntax and a bare ReferenceError for an alias of nothing; ours names both malformed. */
function parseText(text: string): unknown {
  try {
    return documentOf(text).toJS(options)
  } catch (cause) {
    throw new JennerError('malformed', `YAML: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

/**
 * The one document, up to the first error. Left alone the library would gather an error for each bad character, each with its stack: a gigabyte
 * for a megabyte of quotation marks.
 */
function documentOf(text: string): Document {
  const composer = new Composer(options)
  Object.assign(composer, { onError: throwError })
  let only: Document | undefined
  const take = (document: Document): void => {
    if (only !== undefined) throw new Error('Source contains multiple documents')
    only = document
  }
  for (const token of new Parser().parse(text)) {
    if (token.type === 'error') throw new Error(token.message)
    for (const document of composer.next(token)) take(document)
  }
  for (const document of composer.end(true, text.length)) take(document)
  const [error] = only!.errors
  if (error) throw error
  return only!
}

const throwError = (_source: unknown, _code: string, message: string, warning?: boolean): void => {
  if (!warning) throw new Error(message)
}

/** Highest surplus of opening over closing brackets: never less than the depth of flow collections. */
function flowDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth)
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
  }
  return deepest
}
