import { entriesAt, itemsAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * Debian packages of which a snap is made: Snapcraft's `snap/manifest.yaml` (`primed-stage-packages: [NAME[:ARCH]=VERSION]`, or `parts: PART: stage-packages:` of those)
 * and the list of the snaps that others stand on (core, core22 …), `usr/share/snappy/dpkg.yaml` (`packages: [NAME[:ARCH]=VERSION]`).
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
    return (primed.length > 0 ? primed : staged).flatMap(packageOf)
  },
}

function packageOf(item: unknown): FoundPackage[] {
  const [, name, arch, version] =
    typeof item === 'string'
      ? (/^([a-z0-9][a-z0-9+.-]{0,200})(?::([a-z0-9-]{1,40}))?=(\S{1,200})$/.exec(item) ?? [])
      : []
  return name && version ? [{ name, version, type: 'deb', ...(arch && { arch }) }] : []
}
