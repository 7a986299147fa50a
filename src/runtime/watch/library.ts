import { readdirSync, readFileSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import type { RuleText } from '../rules/loader/load.ts'

/** Our own rules: in a checkout beside the engine, in a built package beside the program. */
const places = ['../rules/library/', './library/']

/** Texts of our own rule library, `base.yaml` (what the others share) first. Throws JennerError internal when the package lacks them. */
export function libraryRules(): RuleText[] {
  for (const place of places) {
    const folder = new URL(place, import.meta.url)
    const names = listed(folder)
    if (names.length === 0) continue
    return names.map(name => ({ name: `library/${name}`, content: readFileSync(new URL(name, folder), 'utf8') }))
  }
  throw new JennerError('internal', 'the rule library is missing')
}

function listed(folder: URL): string[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.yaml'))
    return names.sort((a, b) => Number(b === 'base.yaml') - Number(a === 'base.yaml') || (a < b ? -1 : 1))
  } catch {
    return []
  }
}
