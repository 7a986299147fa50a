import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gobinary } from './binary.ts'
import { gomod } from './gomod.ts'
import { goVendor } from './vendored.ts'
import { versions } from './version.ts'

/** Go modules. Paths are case-sensitive. */
export const golang: Ecosystem = {
  type: 'golang',
  title: { en: 'Go', ko: 'Go' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Go'],
  extractors: [gobinary, gomod, goVendor],
}
