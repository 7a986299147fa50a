import { maskPersonal } from './mask/personal.ts'
import { isSecretName } from './mask/secret-name.ts'
import { maskTokens } from './mask/tokens.ts'

/**
 * Takes secrets and personal data out of text that is shown, sent or stored: command lines, environment, contents of files. Every step reads the text once
 * (no nested repetition, bounded repetition, or repetition that cannot begin anew inside itself), so that hostile text costs no more than its length.
 */

/** What stands where something was. */
export const masked = '***'

/** Text beyond this is cut: nobody reads it, and it may hide what could not be looked at. */
const maxLength = 256 * 1024

/** A text with its secrets and personal data masked; the same text when it has none. */
export function maskText(text: string): string {
  if (text.length < 6) return text
  const within = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  return maskPersonal(maskOptions(maskPairs(maskTokens(within))))
}

/** `NAME=value` lines of an environment: values of secret names go whole, others as any text does. */
export function maskEnvironment(lines: readonly string[]): string[] {
  return lines.map(line => {
    const at = line.indexOf('=')
    return at > 0 && isSecretName(line.slice(0, at)) && at + 1 < line.length
      ? `${line.slice(0, at)}=${masked}`
      : maskText(line)
  })
}

const value = `"[^"]{1,4096}"|'[^']{1,4096}'|[^\\s"'&;,|<>]{1,4096}`
/** `name=`, `name: `, `"name":`, `--name=` */
const pairHead = /(?<![\w.-])([\w.-]{1,100})["']?\s?[=:]\s?/g
const pairValue = new RegExp(value, 'y')

function maskPairs(text: string): string {
  if (!/[=:]/.test(text)) return text
  let out = ''
  let from = 0
  for (const head of text.matchAll(pairHead)) {
    if (head.index < from || !isSecretName(head[1]!)) continue
    pairValue.lastIndex = head.index + head[0].length
    const found = pairValue.exec(text)?.[0]
    if (found === undefined || !isLiteral(found)) continue
    out += text.slice(from, head.index + head[0].length) + quotedLike(found)
    from = head.index + head[0].length + found.length
  }
  return out + text.slice(from)
}

/** `--password value`, `-passin pass:value`; and the short options of programs that take secrets with them. */
const option = new RegExp(`(?<!\\S)(--?[A-Za-z][\\w-]{1,60}\\s+)(${value})`, 'g')

function maskOptions(text: string): string {
  if (!text.includes('-')) return text
  const long = text.replace(option, (whole, head: string, tail: string) =>
    isSecretName(head.trim().replace(/^--?/, '')) && isLiteral(tail) && !tail.startsWith('-')
      ? head + quotedLike(tail)
      : whole,
  )
  let out = long
  for (const { program, pattern } of programs) if (program.test(out)) out = out.replace(pattern, `$1${masked}`)
  return out
}

/** Programs, and the options with which they are handed a secret. */
const programs: readonly { program: RegExp; pattern: RegExp }[] = [
  { program: /\b(?:mysql|mariadb)[\w-]{0,20}(?!\S)/, pattern: /((?<!\S)-p)[^\s-]\S{0,1024}/g },
  {
    program: /\b(?:sshpass|docker login|podman login|mongo|mongosh|mongodump|vncviewer)\b/,
    pattern: /((?<!\S)-p\s{0,8})[^\s-]\S{0,1024}/g,
  },
  { program: /\bredis-cli\b/, pattern: /((?<!\S)-a\s{1,8})\S{1,1024}/g },
  {
    program: /\b(?:curl|wget)\b/,
    pattern: /((?<!\S)(?:-u|--user|--proxy-user|-U)[\s=]{0,8}[^\s:]{1,256}:)\S{1,1024}/g,
  },
  { program: /\b(?:smbclient|rpcclient|smbget)\b/, pattern: /((?<!\S)-U\s{0,8}[^\s%]{1,256}%)\S{1,1024}/g },
  { program: /\bopenssl\b/, pattern: /((?<!\S)pass:)\S{1,1024}/g },
  { program: /\bnet user\b|\bchpasswd\b/, pattern: /(\b[a-z_][\w-]{0,31}:)\S{1,1024}(?=["'\s]*\|)/g },
]

/** Not a name of a variable, nor a word that is no secret. */
function isLiteral(text: string): boolean {
  const plain = text.replace(/^["']|["']$/g, '')
  return (
    plain !== '' &&
    !/^(?:\$[({\w]|%\w+%$|\*{3}|true$|false$|null$|none$|yes$|no$|stdin$|bearer$|basic$|-$)/i.test(plain)
  )
}

function quotedLike(text: string): string {
  const quote = text[0] === '"' || text[0] === "'" ? text[0] : ''
  return `${quote}${masked}${quote}`
}
