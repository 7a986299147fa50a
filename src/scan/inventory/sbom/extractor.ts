import type { ContentFile, Extractor, FilePattern, FoundPackage, ReportProblem } from '../../../base/model/ecosystem.ts'
import type { Package } from '../../../base/model/package.ts'
import { isOfOtherKind, packagesOf, readSbom } from './read.ts'

/** Endings that CycloneDX ("recognized file patterns") and SPDX recommend, and Syft's own. Such a file is an SBOM, or broken. */
const sure = /\.(?:cdx\.(?:json|xml)|spdx3?\.(?:json|ya?ml|rdf|xml|rdf\.xml)|syft\.json)$/
/** Names that tools give by default, which others may use as well: `bom.json`, `sbom.xml`, `app-cyclonedx.json`, `.spdx.NAME.json`, `x.bom.json`. */
const likely =
  /^\.spdx\.|(?:^|[._-])(?:s?bom|cyclonedx|cdx|spdx)(?:[._-][^/]{0,100})?\.(?:json|xml|ya?ml)$|\.(?:intoto\.jsonl?|spdx|cdx)$|^s?bom$/

/** What each form says of itself in its first lines. */
const marks =
  /CycloneDX|cyclonedx\.org\/schema|spdxVersion|SPDXVersion|spdx\.org\/rdf|payloadType|"artifactRelationships"/i

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase()
/** vcpkg's own names its port without a purl, and is read for what it is (vcpkg/spdx.ts). */
const isNamed = ({ path }: { path: string }): boolean =>
  (sure.test(nameOf(path)) || likely.test(nameOf(path))) && nameOf(path) !== 'vcpkg.spdx.json'
const endings = ['.json', '.xml', '.yml', '.yaml', '.rdf', '.spdx', '.cdx', '.jsonl']

/**
 * SBOMs that lie in an image or a project, by their names: those that CycloneDX and SPDX recommend, those that tools write by default, and those that
 * Bitnami's (`.spdx-NAME.spdx`) and Docker's hardened images (`.spdx.NAME.json`) bring.
 */
export const sbomFiles: Extractor = {
  id: 'sbom',
  revision: 5,
  stage: 'installed',
  patterns: [
    ...endings
      .flatMap(ending => [ending, ending.toUpperCase()])
      .map((extension): FilePattern => ({ extension, where: isNamed })),
    { basename: 'bom' },
    { basename: 'sbom' },
  ],
  parse: (file, problem) => {
    if (!sure.test(nameOf(file.path)) && !isMarked(file)) return undefined
    try {
      return packagesIn(file, problem)
    } catch (error) {
      // Most attestations are about how something was built; and JSON of a likely name may be anything, as the schemas of the formats themselves.
      if (isOfOtherKind(error) && !sure.test(nameOf(file.path))) return undefined
      throw error
    }
  },
}

/** Whether a file of a likely name is an SBOM: what it is stands near its beginning, or, in minified documents with sorted keys, near its end. */
function isMarked(file: ContentFile): boolean {
  const part = 64 * 1024
  const head = Buffer.from(file.read(0, part)).toString('latin1')
  if (marks.test(head.replaceAll('\0', ''))) return true
  return file.size > part && marks.test(Buffer.from(file.read(file.size - part, part)).toString('latin1'))
}

/**
 * What Wolfi's and Chainguard's packages bring of themselves, beside apk's database: the package, and the repositories of its source and of its recipe, which are
 * not in the image.
 */
const ofApk = /^(?:usr\/)?(?:var\/)?lib\/db\/sbom\//

function packagesIn(file: ContentFile, problem: ReportProblem | undefined): FoundPackage[] {
  const sbom = readSbom(file.text())
  const listed = packagesOf(sbom).map(found)
  const packages = ofApk.test(file.path) ? listed.filter(({ type }) => type === 'apk') : listed
  for (const detail of sbom.problems.slice(0, 20)) problem?.('malformed', detail)
  return packages
}

/** What the reader fills in for a document of its own is for the house to fill in here; what is owned or linked, to find out. */
function found({ path, foundBy: _, layer: __, ownedBy: ___, extra: ____, ...pkg }: Package): FoundPackage {
  return path === '' ? pkg : { ...pkg, path }
}
