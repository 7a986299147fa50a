import type { Extractor, FoundPackage } from '../../../base/model/ecosystem.ts'
import type { Package } from '../../../base/model/package.ts'
import { packagesOf, readSbom } from './read.ts'

/**
 * SBOMs that lie in an image or a project: the names that CycloneDX (`bom.json`, `NAME.cdx.json`) and SPDX (`NAME.spdx.json`, `.spdx`) recommend,
 * and those that Bitnami's (`.spdx-NAME.spdx`) and Docker's hardened images (`.spdx.NAME.json`) bring.
 */
export const sbomFiles: Extractor = {
  id: 'sbom',
  revision: 2,
  stage: 'installed',
  patterns: [
    { extension: '.json', where: ({ path }) => isSbomName(path.slice(path.lastIndexOf('/') + 1)) },
    { basename: 'bom.xml' },
    { extension: '.spdx' },
    { extension: '.cdx' },
  ],
  parse: (file, problem) => {
    const sbom = readSbom(file.text())
    for (const detail of sbom.problems) problem?.('malformed', detail)
    return packagesOf(sbom).map(found)
  },
}

function isSbomName(name: string): boolean {
  return name === 'bom.json' || name.endsWith('.cdx.json') || name.endsWith('.spdx.json') || name.startsWith('.spdx.')
}

/** What the reader fills in for a document of its own is for the house to fill in here; what is owned or linked, to find out. */
function found({ path, foundBy: _, layer: __, ownedBy: ___, extra: ____, ...pkg }: Package): FoundPackage {
  return path === '' ? pkg : { ...pkg, path }
}
