import { stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/** pubspec.yaml (YAML): `name` and `version` of a package: in pub's cache or an SDK one that is installed, elsewhere the project itself. */
export const pubspec: Extractor = {
  id: 'pubspec',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'pubspec.yaml' }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const document = parseYamlObject(file.text())
    const name = stringAt(document, 'name')
    const version = stringAt(document, 'version')
    if (!name || !version) return undefined
    return [{ name, version, ...(!/(?:^|\/)\.?pub-cache\//i.test(file.path) && { relationship: 'root' }) }]
  },
}
