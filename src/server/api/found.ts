import { JennerError } from '../../base/errors.ts'

/** The row, or JennerError target_not_found. */
export function found<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new JennerError('target_not_found', what)
  return row
}

/** JSON that we wrote ourselves. */
export function parsed<T>(text: string): T {
  return JSON.parse(text) as T
}
