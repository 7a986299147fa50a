import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { terraformLock } from './lock.ts'

/** Terraform and OpenTofu providers. Nobody publishes advisories by provider: they are known, not judged. */
export const terraform: Ecosystem = {
  type: 'terraform',
  title: { en: 'Terraform providers', ko: '테라폼 프로바이더' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [terraformLock],
}
