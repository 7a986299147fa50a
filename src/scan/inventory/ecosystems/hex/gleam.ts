import { parse } from 'smol-toml'
import { itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** Gleam's manifest.toml: `packages = [{ name, version, build_tools, requirements = [NAME, …], source = "hex" | "git" | "local", … }]`. */
export const gleam: Extractor = {
  id: 'gleam',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'manifest.toml' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const text = file.text()
    return text.includes('build_tools') ? itemsAt(parse(text), 'packages').flatMap(packageOf) : undefined
  },
}

function packageOf(item: unknown): FoundPackage[] {
  const name = stringAt(item, 'name')
  const version = stringAt(item, 'version')
  if (!name || !version || stringAt(item, 'source') === 'local') return []
  return [{ name, version, dependsOn: itemsAt(item, 'requirements').filter(need => typeof need === 'string') }]
}
