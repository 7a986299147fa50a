import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareGem, pessimisticGem } from '../../versions/gem.ts'

/** `-x86_64-linux`, `-java`, `-x64-mingw-ucrt`, `-universal-darwin-10`: the platform behind a version in a file name or lock file (Gem::Platform). */
const platform =
  /-(?:x86|x64|x86_64|i[3-6]86|aarch64|arm|arm64|armv\d\w*|ppc64le|ppc64|powerpc|s390x|riscv64|universal|java|jruby|mswin\d*|mingw\d*|sparc|mips\w*|loongarch64)(?=-|$).*$/

/** Gem::Version order and Gem::Requirement operators (`= != > < >= <= ~>`); a platform behind the version has no weight. */
export const versions: VersionScheme = {
  compare: (a, b) => compareGem(withoutPlatform(a), withoutPlatform(b)),
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const withoutPlatform = (version: string): string => (version.includes('-') ? version.replace(platform, '') : version)

const ranges = {
  compare: versions.compare,
  operators: { '~>': (version: string, operand: string) => pessimisticGem(withoutPlatform(version), operand) },
}
