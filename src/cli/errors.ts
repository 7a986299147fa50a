import { type ErrorCode, errorCodes, JennerError } from '../base/errors.ts'
import { en } from '../base/i18n/en.ts'
import { type Language, type MessageKey, translate } from '../base/i18n/translate.ts'
import { escapeText } from '../base/text.ts'

/** What the user reads of an error, and the code to end with. */
export interface Explanation {
  /** The sentence, the advice, and with `debug` causes and stack: safe to print. */
  lines: string[]
  exit: number
}

/** An error in the user's words: what happened, what to do next. `verb` fills the advice. */
export function explain(error: unknown, language: Language, verb: string, debug: boolean): Explanation {
  const known = error instanceof JennerError ? error : new JennerError('internal', messageOf(error), error)
  const detail = escapeText(known.detail)
  const lines = [`jenner: ${translate(language, sentenceKey(known.code), { detail })}`]
  // An image may have to be pulled first; of any other target only the path can be wrong.
  const special = verb === 'image' || verb === 'explain' ? `advice.${known.code}.image` : ''
  const advice = special in en ? special : `advice.${known.code}`
  if (advice in en) {
    const text = translate(language, advice as MessageKey, { verb })
    lines.push(`  ${text.replace('jenner  --help', 'jenner --help')}`)
  }
  if (debug) lines.push(...causes(known))
  return { lines, exit: errorCodes[known.code].exit }
}

function sentenceKey(code: ErrorCode): MessageKey {
  const key = `error.${code}`
  return key in en ? (key as MessageKey) : 'error.internal'
}

function causes(error: unknown): string[] {
  const lines: string[] = []
  let current: unknown = error
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const stack = current instanceof Error ? (current.stack ?? current.message) : String(current)
    lines.push(...stack.split('\n').map(line => `  ${escapeText(line)}`))
    current = current instanceof Error ? current.cause : undefined
  }
  return lines
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
