/** Variable parts of a text become placeholders, so that the same act has the same shape tomorrow. Every pattern is of bounded or single repetition: linear on any text. */
const replacements: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>'],
  [/\d{4}-\d{2}-\d{2}(?:[T_ -]?\d{2}[:.-]?\d{2}(?:[:.-]?\d{2})?(?:\.\d{1,9})?Z?)?/g, '<date>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/\b(?=[0-9a-f]*\d)(?:0x)?[0-9a-f]{8,512}\b/gi, '<hex>'],
  [/\d+/g, '<n>'],
]
const maxText = 256
const maxArguments = 8
const maxShape = 512

/** One argument or name: numbers, hexadecimal, UUIDs, dates and IP addresses as placeholders, at most 256 characters. */
export function textShape(text: string): string {
  let shape = text.length > maxText ? `${text.slice(0, maxText)}…` : text
  for (const [pattern, place] of replacements) shape = shape.replace(pattern, place)
  return shape
}

/**
 * The arguments of a program as one shape: options keep their names, values of `--name=value` and what stands behind options only their kind. The first eight count,
 * as far as 512 characters: what stands there is what the program is told to do.
 */
export function argumentShape(args: readonly string[]): string {
  const shapes = args.slice(0, maxArguments).map(argument => {
    const at = argument.startsWith('-') ? argument.indexOf('=') : -1
    return at > 0 ? `${textShape(argument.slice(0, at))}=${valueShape(argument.slice(at + 1))}` : valueShape(argument)
  })
  if (args.length > maxArguments) shapes.push('…')
  return shapes.join(' ').slice(0, maxShape)
}

/** A path by its folder; any other text by its shape. */
function valueShape(text: string): string {
  return text.startsWith('/') ? pathShape(text) : textShape(text)
}

/** A path with its variable parts as placeholders: `/proc/4711/fd/3` → `/proc/<n>/fd/<n>`, `/tmp/tmp.Xy12aB` → `/tmp/<name>`. */
export function pathShape(path: string): string {
  const parts = (path.length > 1024 ? path.slice(0, 1024) : path).split('/')
  return parts.map((part, index) => (isMade(part, parts[index - 1]) ? '<name>' : textShape(part))).join('/')
}

/** The folder of a file that is written, as a shape; `/` for one in the root. */
export function folderShape(path: string): string {
  const at = path.lastIndexOf('/')
  return at <= 0 ? '/' : pathShape(path.slice(0, at))
}

/** Names that mktemp and its like make: directly in a folder for such, with letters of both cases or digits among them. */
function isMade(part: string, folder: string | undefined): boolean {
  if (folder !== 'tmp' && folder !== 'shm') return false
  return /^(?:tmp|\.)?[._-]?[\w.-]{6,64}$/.test(part) && /[A-Z0-9]/.test(part) && /[a-z]/.test(part)
}
