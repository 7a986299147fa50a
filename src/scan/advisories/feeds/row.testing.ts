export interface Row {
  feed: string
  name: string
  path: string
  text: string
  /** Items as `lineOf` writes them. */
  expected: string[]
}
