import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { normalizeName } from './names.ts'
import { pdm } from './pdm.ts'
import { pipenv } from './pipenv.ts'
import { poetry } from './poetry.ts'
import { pylock } from './pylock.ts'
import { pyproject } from './pyproject.ts'
import { pythonPkg } from './python-pkg.ts'
import { requirements } from './requirements.ts'
import { setupPy } from './setup-py.ts'
import { uv } from './uv.ts'
import { versions } from './version.ts'

/** PyPI: everything that pip and its kin install. */
export const pypi: Ecosystem = {
  type: 'pypi',
  title: { en: 'Python (PyPI)', ko: '파이썬 (PyPI)' },
  class: 'lang-pkgs',
  versions,
  normalizeName,
  advisoryEcosystems: () => ['PyPI'],
  extractors: [requirements, pipenv, poetry, uv, pdm, pylock, pyproject, pythonPkg, setupPy],
}
