import { readFileSync } from 'node:fs'

/** The version in the nearest package.json: two folders up in a checkout, beside the bundle in a built package. */
export const version: string = read()

function read(): string {
  for (const place of ['../../package.json', './package.json', '../package.json']) {
    try {
      const { name, version: found } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'))
      if (name === 'jenner') return found
    } catch {
      // The next place.
    }
  }
  return '0.0.0'
}
