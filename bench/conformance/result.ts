/** What one kind of open cases answered. */
export interface KindResult {
  kind: string
  agreed: number
  total: number
  /** One line each: the case, what was expected, what came. */
  disagreements: string[]
  /** Cases that neither agree nor count as open, with a reason that was checked: see explained.ts. */
  explained?: string[]
}

/** Runs all cases of a kind found below `directory` (the unpacked conformance folder). */
export type RunKind = (directory: string) => Promise<KindResult> | KindResult[]
