import { itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/** `meta/snap.yaml` of a snap that is mounted (`snap/NAME/REVISION/`) or unpacked: `name`, `version`, `architectures`, `license`. */
export const snapYaml: Extractor = {
  id: 'snap',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'snap.yaml', where: ({ path }) => /(?:^|\/)meta\/snap\.yaml$/.test(path) }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const meta = parseYamlObject(file.text())
    const name = stringAt(meta, 'name')
    if (!name) return undefined
    const [arch] = itemsAt(meta, 'architectures')
    const license = stringAt(meta, 'license')
    return [
      {
        name,
        version: stringAt(meta, 'version') ?? '',
        licenses: license ? [license] : [],
        ...(typeof arch === 'string' && { arch }),
      },
    ]
  },
}
