import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Terraform and OpenTofu providers. Nobody publishes advisories by provider: they are known, not judged. */
export const terraformTraits: EcosystemTraits = {
  type: 'terraform',
  title: { en: 'Terraform providers', ko: '테라폼 프로바이더' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
