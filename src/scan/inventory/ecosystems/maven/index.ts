import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gradle } from './gradle.ts'
import { jar } from './jar.ts'
import { mavenInstall } from './maven-install.ts'
import { pom } from './pom.ts'
import { sbt } from './sbt.ts'
import { versions } from './version.ts'

/** Java artifacts, named `group:artifact`. */
export const maven: Ecosystem = {
  type: 'maven',
  title: { en: 'Java', ko: 'Java' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Maven'],
  extractors: [jar, pom, gradle, sbt, mavenInstall],
}
