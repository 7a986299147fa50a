import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Software that no package manager installed. Bitnami's advisories speak of the same products by upstream's versions; NVD's of all, less exactly. */
export const genericTraits: EcosystemTraits = {
  type: 'generic',
  title: { en: 'Programs and libraries without a package', ko: '패키지 없이 설치된 프로그램과 라이브러리' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => bitnamiNames.get(name.toLowerCase()) ?? name.toLowerCase(),
  advisoryEcosystems: () => ['Bitnami', 'NVD'],
}

/** Where Bitnami's name for a product is another, or version managers'. */
const bitnamiNames = new Map([
  ['httpd', 'apache'],
  ['openjdk', 'java'],
  ['go', 'golang'],
  ['nodejs', 'node'],
  ['postgres', 'postgresql'],
])
