/**
 * A .properties file (java.util.Properties.load), as far as pom.properties needs it: `key=value`, `key: value`, `key value`, comments by `#` and `!`,
 * escapes `\:` `\=` `\uXXXX`. Lines are not continued.
 */
export function parseProperties(text: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split(/\r\n|\n|\r/, maxLines)) {
    const match = /^[ \t\f]*([^#!\s=:][^\s=:]*)[ \t\f]*[=:]?[ \t\f]*([\s\S]*)$/.exec(line)
    if (match !== null) values.set(unescaped(match[1]!), unescaped(match[2]!.trim()))
  }
  return values
}

const maxLines = 10_000

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, char: string) =>
    code === undefined ? char : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
