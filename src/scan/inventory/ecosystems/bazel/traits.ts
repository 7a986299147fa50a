import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Bazel modules. Nobody publishes advisories by Bazel module: they are known, not judged. */
export const bazelTraits: EcosystemTraits = {
  type: 'bazel',
  title: { en: 'Bazel modules', ko: 'Bazel 모듈' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
