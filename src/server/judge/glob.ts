/** Whether a text fits a pattern in which `*` stands for any text. Linear in the text for each `*`, whatever the pattern. Letters' case does not count. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const subject = text.toLowerCase()
  const first = parts[0]!
  if (parts.length === 1) return subject === first
  if (!subject.startsWith(first)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = subject.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  const last = parts.at(-1)!
  return subject.length - at >= last.length && subject.endsWith(last)
}
