import { entriesAt, itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { formatPurl } from '../../../../base/purl.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * Debian packages of which a snap is made: Snapcraft's `snap/manifest.yaml` (`primed-stage-packages: [NAME[:ARCH]=VERSION]`, or `parts: PART: stage-packages:` of those)
 * and the list of the snaps that others stand on (core, core22 …), `usr/share/snappy/dpkg.yaml` (`packages: [NAME[:ARCH]=VERSION]`). They are of the release
 * that the snap was built on (`snapcraft-os-release-id`, `…-version-id`, the year in its name), whatever the host is; where neither says which, nobody's word
 * about them is known.
 */
export const snapStaged: Extractor = {
  id: 'snap-staged',
  revision: 1,
  stage: 'installed',
  patterns: [
    { basename: 'manifest.yaml', where: ({ path }) => /(?:^|\/)snap\/manifest\.yaml$/.test(path) },
    { basename: 'dpkg.yaml', where: ({ path }) => /(?:^|\/)usr\/share\/snappy\/dpkg\.yaml$/.test(path) },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const document = parseYamlObject(file.text())
    const primed = [...itemsAt(document, 'primed-stage-packages'), ...itemsAt(document, 'packages')]
    const staged = entriesAt(document, 'parts').flatMap(([, part]) => itemsAt(part, 'stage-packages'))
    const release = releaseOf(file.path, document)
    return (primed.length > 0 ? primed : staged).flatMap(item => packageOf(item, release))
  },
}

/** `ubuntu-22.04`; '' where the snap itself is what is looked at, whose os-release says it. */
function releaseOf(path: string, document: unknown): string | undefined {
  const id = stringAt(document, 'snapcraft-os-release-id')
  const version = stringAt(document, 'snapcraft-os-release-version-id')
  if (id && version) return `${id}-${version}`
  if (path === 'usr/share/snappy/dpkg.yaml') return ''
  const year = /(?:^|\/)core(\d\d)?\/[^/]+\/usr\/share\/snappy\//.exec(path)
  return year ? `ubuntu-${year[1] ?? '16'}.04` : undefined
}

const form = /^([a-z0-9][a-z0-9+.-]{0,200})(?::([a-z0-9-]{1,40}))?=(\S{1,200})$/

function packageOf(item: unknown, release: string | undefined): FoundPackage[] {
  const [, name, arch, version] = (typeof item === 'string' && form.exec(item)) || []
  if (!name || !version) return []
  const found: FoundPackage = { name, version, type: 'deb', ...(arch && { arch }) }
  if (release === undefined) return [{ ...found, thirdParty: true }]
  if (release === '') return [found]
  const namespace = release.slice(0, release.lastIndexOf('-'))
  return [
    { ...found, purl: formatPurl({ type: 'deb', namespace, name, version, qualifiers: { arch, distro: release } }) },
  ]
}
