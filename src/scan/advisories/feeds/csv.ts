/** Rows of a CSV text (RFC 4180: quoted fields may hold commas, doubled quotes and line breaks), each as its fields. */
export function* csvRows(text: string): Generator<string[]> {
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') field += text[++i]
      else quoted = false
    } else if (c === '"' && field === '') quoted = true
    else if (c === ',') {
      row.push(field)
      field = ''
    } else if (c === '\n') {
      row.push(field.replace(/\r$/, ''))
      yield row
      row = []
      field = ''
    } else field += c
  }
  if (field !== '' || row.length > 0) yield [...row, field]
}
