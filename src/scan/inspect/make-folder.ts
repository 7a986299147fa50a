import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes a folder and those above it; false where that cannot be. Node's own `recursive` never returns below /proc, where mkdir answers ENOENT for ever. */
export function makeFolder(path: string): boolean {
  const whole = resolve(path)
  if (existsSync(whole)) return true
  if (dirname(whole) === whole || !makeFolder(dirname(whole))) return false
  try {
    mkdirSync(whole, { mode: 0o700 })
    return true
  } catch {
    return existsSync(whole)
  }
}
