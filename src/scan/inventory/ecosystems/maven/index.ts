import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gradle } from './gradle.ts'
import { ivy } from './ivy.ts'
import { jar } from './jar.ts'
import { mavenInstall } from './maven-install.ts'
import { nativeImage } from './native-image.ts'
import { pom } from './pom.ts'
import { sbt } from './sbt.ts'
import { sbtScript } from './sbt-script.ts'
import { mavenTraits } from './traits.ts'

export const maven: Ecosystem = {
  ...mavenTraits,
  extractors: [jar, pom, gradle, sbt, sbtScript, mavenInstall, ivy, nativeImage],
}
