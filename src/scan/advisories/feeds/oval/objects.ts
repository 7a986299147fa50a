/** Everything that the criteria of definitions refer to, by id. */
export interface Objects {
  tests: Map<string, { object: string; state: string }>
  names: Map<string, string>
  states: Map<string, { evr: string; operation: string; arches: string[] }>
}
