/** A text without those characters at its end. In one pass; `/x+$/` goes over each run of them once for every character in it. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** A text without those characters at either end. */
export function trimmedOf(text: string, characters: string): string {
  let start = 0
  while (start < text.length && characters.includes(text[start]!)) start++
  return withoutEnd(text.slice(start), characters)
}
