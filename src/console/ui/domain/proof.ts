export interface ProofPart {
  /** The part's name as the server knows it; empty for a sentence that has none. */
  name: string
  value: string
}

const order = ['compared', 'match', 'range', 'kind', 'category', 'source', 'advisory']

/** The parts of a finding's evidence, the most telling first. What is no object of plain values is one part as it stands. */
export function proofOf(evidence: string): ProofPart[] {
  const parts = objectOf(evidence)
  if (parts === undefined) return evidence === '' ? [] : [{ name: '', value: evidence }]
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return Object.entries(parts)
    .filter(([, value]) => value !== null && value !== '' && typeof value !== 'object')
    .map(([name, value]) => ({ name, value: String(value) }))
    .sort((a, b) => rank(a.name) - rank(b.name))
}

function objectOf(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}
