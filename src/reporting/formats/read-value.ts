/** Values of foreign JSON, each of the type asked for or undefined. */

export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

export function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function isString(value: unknown): value is string {
  return typeof value === 'string'
}

export function string(value: unknown): string | undefined {
  return isString(value) ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
