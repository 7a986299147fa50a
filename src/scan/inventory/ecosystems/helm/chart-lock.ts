import { itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * A chart's dependencies: `Chart.lock` (Helm 3), `requirements.lock` (Helm 2): `dependencies: [{ name, repository, version }]`. Where no lock stands beside a
 * `Chart.yaml`, the versions it states exactly.
 */
export const chartLock: Extractor = {
  id: 'helm',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'Chart.lock' }, { basename: 'requirements.lock' }, { basename: 'Chart.yaml' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => itemsAt(parseYamlObject(file.text()), 'dependencies').flatMap(packageOf),
  assemble: view => view.files.flatMap(({ path, facts }) => (isOutdone(path, view) ? [] : withPath(path, facts))),
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

function isOutdone(path: string, view: FactView<FoundPackage[]>): boolean {
  if (!path.endsWith('Chart.yaml')) return false
  return ['Chart.lock', 'requirements.lock'].some(name => view.get(folderOf(path) + name) !== undefined)
}

function withPath(path: string, facts: FoundPackage[]): FoundPackage[] {
  const exact = path.endsWith('Chart.yaml')
    ? facts.filter(({ version }) => /^v?\d{1,20}\.\d{1,20}\.\d{1,20}[\w.+-]*$/.test(version))
    : facts
  return exact.map(found => ({ ...found, path }))
}

function packageOf(item: unknown): FoundPackage[] {
  const name = stringAt(item, 'name')
  const version = stringAt(item, 'version')
  const repository = stringAt(item, 'repository')
  if (!name || !version || repository?.startsWith('file:')) return []
  return [{ name, version, relationship: 'direct', ...(repository && { extra: { repository } }) }]
}
