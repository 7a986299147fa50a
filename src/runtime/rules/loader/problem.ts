import type { Problem, ProblemCode } from '../model.ts'

/** Where a problem is: what kind of item, its name, its file and line. */
export interface Place {
  type: string
  name: string
  file: string
  line: number
}

/** Stops the reading of one item; the loader turns it into an error of the result. */
export class LoadError extends Error {
  readonly code: ProblemCode
  readonly place: Place
  constructor(code: ProblemCode, message: string, place: Place) {
    super(message)
    this.code = code
    this.place = place
  }
}

export function problemOf(code: ProblemCode, message: string, { type, name, file, line }: Place): Problem {
  return { code, message, item_type: type, item_name: name, file, line }
}

/** For an item that is well formed, and wrong all the same: of a thing that is not there, or at odds with itself. */
export function wrong(message: string, place: Place): never {
  throw new LoadError('LOAD_ERR_VALIDATE', message, place)
}

/** For an item of the wrong form. */
export function invalid(message: string, place: Place): never {
  throw new LoadError('LOAD_ERR_YAML_VALIDATE', message, place)
}
