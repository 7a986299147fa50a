/** Everything that the criteria of definitions refer to, by id. */
export interface Objects {
  tests: Map<string, { object: string; state: string }>
  names: Map<string, string>
  states: Map<string, { evr: string; operation: string; arches: string[] }>
  /** Ubuntu: objects that stand for several packages, by the variable that lists them. */
  lists: Map<string, string>
  variables: Map<string, string[]>
}

/** The packages that an object stands for. */
export function packagesOf(object: string, { names, lists, variables }: Objects): string[] {
  const name = names.get(object)
  return name ? [name] : (variables.get(lists.get(object) ?? '') ?? [])
}
