import { entriesAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** nimble.lock (JSON): `packages: { NAME: { version, vcsRevision, url, dependencies, checksums } }`. */
export const nimbleLock: Extractor = {
  id: 'nimble-lock',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'nimble.lock' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file =>
    entriesAt(parseJsonObject(file.text()), 'packages').map(([name, facts]): FoundPackage => {
      const resolved = stringAt(facts, 'url')
      const commit = stringAt(facts, 'vcsRevision')
      const extra = { ...(resolved && { resolved }), ...(commit && { commit }) }
      return { name, version: (stringAt(facts, 'version') ?? '').replace(/^#/, ''), extra }
    }),
}

const installed = /(?:^|\/)pkgs2?\/([^/]{1,200}?)-(\d[\w.]{0,40}|#[\w.]{1,40})(?:-[0-9a-f]{40})?\/[^/]+\.nimble$/

/** Installed packages: `pkgs2/NAME-VERSION-CHECKSUM/NAME.nimble` (Nimble 0.14 and above), before that `pkgs/NAME-VERSION/`. */
export const nimblePackage: Extractor = {
  id: 'nimble',
  revision: 1,
  stage: 'installed',
  patterns: [{ extension: '.nimble', where: ({ path }) => installed.test(path) }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const [, name, version] = installed.exec(file.path) ?? []
    const license = /^\s{0,20}license\s{0,20}=\s{0,20}"([^"\n]{1,100})"/m.exec(file.text())?.[1]
    return name && version
      ? [{ name, version: version.replace(/^#/, ''), ...(license && { licenses: [license] }) }]
      : undefined
  },
}
