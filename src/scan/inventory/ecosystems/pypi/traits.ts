import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { normalizeName } from './names.ts'
import { versions } from './version.ts'

/** PyPI: everything that pip and its kin install. */
export const pypiTraits: EcosystemTraits = {
  type: 'pypi',
  title: { en: 'Python (PyPI)', ko: '파이썬 (PyPI)' },
  class: 'lang-pkgs',
  versions,
  normalizeName,
  advisoryEcosystems: () => ['PyPI'],
}
