import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/**
 * What vcpkg writes beside every port that it built, `share/NAME/vcpkg.spdx.json`: SPDX 2.2 with `SPDXRef-port` (name and version, with `#1` behind it for a port
 * version), `SPDXRef-binary` (`NAME:TRIPLET`, whose version is a hash) and the sources, none with a purl. Trees that were exported or copied have no other list.
 */
export const vcpkgSpdx: Extractor = {
  id: 'vcpkg-spdx',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'vcpkg.spdx.json' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const packages = itemsAt(parseJsonObject(file.text()), 'packages')
    const [port, binary] = ['SPDXRef-port', 'SPDXRef-binary'].map(id =>
      packages.find(item => stringAt(item, 'SPDXID') === id),
    )
    const name = stringAt(port, 'name')
    const version = stringAt(port, 'versionInfo')
    if (!name || !version) return undefined
    const arch = stringAt(binary, 'name')?.split(':')[1]
    return [{ name, version, ...(arch && { arch }) }]
  },
}
