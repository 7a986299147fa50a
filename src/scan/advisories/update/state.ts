import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Validators } from './download.ts'

/** What is remembered between updates, by file name: where each came from and its validators. */
export type UpdateState = Map<string, Validators>

/** A missing or unreadable state only means asking for everything again. */
export function readState(path: string): UpdateState {
  const state: UpdateState = new Map()
  try {
    const document = JSON.parse(readFileSync(path, 'utf8')) as unknown
    if (typeof document !== 'object' || document === null) return state
    for (const [name, known] of Object.entries(document))
      if (typeof known === 'object' && known !== null) state.set(name, texts(known))
  } catch {
    return state
  }
  return state
}

export function writeState(path: string, state: UpdateState): void {
  writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(state), null, 1))
  renameSync(`${path}.new`, path)
}

function texts(known: object): Validators {
  const validators: Validators = {}
  for (const key of ['url', 'etag', 'lastModified', 'fetchedAt'] as const) {
    const value = (known as Record<string, unknown>)[key]
    if (typeof value === 'string' && !/[\r\n]/.test(value)) validators[key] = value
  }
  return validators
}
