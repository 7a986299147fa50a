import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { pdm } from './pdm.ts'
import { pipenv } from './pipenv.ts'
import { pipfile } from './pipfile.ts'
import { poetry } from './poetry.ts'
import { pylock } from './pylock.ts'
import { pyproject } from './pyproject.ts'
import { pythonPkg } from './python-pkg.ts'
import { requirements } from './requirements.ts'
import { setupCfg } from './setup-cfg.ts'
import { setupPy } from './setup-py.ts'
import { pypiTraits } from './traits.ts'
import { uv } from './uv.ts'

export const pypi: Ecosystem = {
  ...pypiTraits,
  extractors: [requirements, pipenv, pipfile, poetry, uv, pdm, pylock, pyproject, pythonPkg, setupPy, setupCfg],
}
