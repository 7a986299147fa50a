import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

const place = /(?:^|\/)macports\/registry\/portfiles\/([^/]{1,200}?)-(\d[^/_]{0,100})_(\d{1,6})(?:\/[^/]+)?\/Portfile$/

/**
 * What MacPorts keeps of every installed port: `var/macports/registry/portfiles/NAME-VERSION_REVISION/HASH-SIZE/Portfile`. The folder names the port; the
 * Portfile is a Tcl program, and not run.
 */
export const portfile: Extractor = {
  id: 'macports',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'Portfile', where: ({ path }) => place.test(path) }],
  parse: ({ path }) => {
    const [, name, version, revision] = place.exec(path) ?? []
    return name && version && revision ? [{ name, version, extra: { revision } } satisfies FoundPackage] : undefined
  },
}
