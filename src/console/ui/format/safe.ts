/**
 * Text from containers, images and feeds as it may stand on a screen: control characters, bidirectional overrides and invisible characters are shown as `\x1b` or
 * `\u202e`, so that nothing can hide or reorder what stands beside it. Line breaks and tabs stay where `lines` says so. At most `limit` characters.
 */
export function visible(text: string, { lines = false, limit = 20_000 } = {}): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  return cut.replace(hidden, character => {
    if (lines && (character === '\n' || character === '\t')) return character
    const code = character.codePointAt(0)!
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** C0, C1, soft hyphen, zero-width and bidirectional controls, line and paragraph separators, tags, byte order mark, lone surrogates. */
const hidden =
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

/** `url` where a link may lead there: absolute, http or https, without credentials. */
export function safeLink(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, username, password, href } = new URL(url)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? href : undefined
}

/** A path within the console, for links that come with data. */
export function pathOf(room: string, id: string): string {
  return `/${room}/${encodeURIComponent(id)}`
}
