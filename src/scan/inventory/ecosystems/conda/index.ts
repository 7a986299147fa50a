import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { condaEnvironment } from './environment.ts'
import { condaLock } from './locks.ts'
import { condaPkg } from './meta.ts'
import { versions } from './version.ts'

/** conda. Nobody publishes advisories for it: its packages are known, not judged. */
export const conda: Ecosystem = {
  type: 'conda',
  title: { en: 'conda', ko: 'conda' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [condaPkg, condaEnvironment, condaLock],
}
