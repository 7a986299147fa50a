import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { binary } from './binary.ts'
import { elfNote } from './elf-note.ts'
import { linuxKernel } from './kernel.ts'
import { javaRuntime, runtimeVersion } from './runtimes.ts'
import { toolVersions } from './tool-versions.ts'

/** Software that no package manager installed. Bitnami's advisories speak of the same products by upstream's versions; NVD's of all, less exactly. */
export const generic: Ecosystem = {
  type: 'generic',
  title: { en: 'Programs and libraries without a package', ko: '패키지 없이 설치된 프로그램과 라이브러리' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => bitnamiNames.get(name.toLowerCase()) ?? name.toLowerCase(),
  advisoryEcosystems: () => ['Bitnami', 'NVD'],
  extractors: [binary, elfNote, linuxKernel, javaRuntime, runtimeVersion, toolVersions],
}

/** Where Bitnami's name for a product is another. */
const bitnamiNames = new Map([
  ['httpd', 'apache'],
  ['openjdk', 'java'],
  ['go', 'golang'],
])
