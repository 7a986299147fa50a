import type { EcosystemTraits } from '../../../base/model/ecosystem.ts'
import { alpmTraits } from './alpm/traits.ts'
import { apkTraits } from './apk/traits.ts'
import { bazelTraits } from './bazel/traits.ts'
import { bitnamiTraits } from './bitnami/traits.ts'
import { brewTraits } from './brew/traits.ts'
import { cargoTraits } from './cargo/traits.ts'
import { chocolateyTraits } from './chocolatey/traits.ts'
import { chromeExtensionTraits } from './chrome-extension/traits.ts'
import { cocoapodsTraits } from './cocoapods/traits.ts'
import { composerTraits } from './composer/traits.ts'
import { conanTraits } from './conan/traits.ts'
import { condaTraits } from './conda/traits.ts'
import { cosTraits } from './cos/traits.ts'
import { cpanTraits } from './cpan/traits.ts'
import { cranTraits } from './cran/traits.ts'
import { debTraits } from './deb/traits.ts'
import { ebuildTraits } from './ebuild/traits.ts'
import { elmTraits } from './elm/traits.ts'
import { flatpakTraits } from './flatpak/traits.ts'
import { gemTraits } from './gem/traits.ts'
import { genericTraits } from './generic/traits.ts'
import { githubTraits } from './github/traits.ts'
import { golangTraits } from './golang/traits.ts'
import { guixTraits } from './guix/traits.ts'
import { hackageTraits } from './hackage/traits.ts'
import { helmTraits } from './helm/traits.ts'
import { hexTraits } from './hex/traits.ts'
import { juliaTraits } from './julia/traits.ts'
import { k8sTraits } from './k8s/traits.ts'
import { luarocksTraits } from './luarocks/traits.ts'
import { macportsTraits } from './macports/traits.ts'
import { mavenTraits } from './maven/traits.ts'
import { nimTraits } from './nim/traits.ts'
import { nixTraits } from './nix/traits.ts'
import { npmTraits } from './npm/traits.ts'
import { nugetTraits } from './nuget/traits.ts'
import { opamTraits } from './opam/traits.ts'
import { otpTraits } from './otp/traits.ts'
import { pearTraits } from './pear/traits.ts'
import { pubTraits } from './pub/traits.ts'
import { pypiTraits } from './pypi/traits.ts'
import { rpmTraits } from './rpm/traits.ts'
import { shardsTraits } from './shards/traits.ts'
import { snapTraits } from './snap/traits.ts'
import { spackTraits } from './spack/traits.ts'
import { swiftTraits } from './swift/traits.ts'
import { swiplpackTraits } from './swiplpack/traits.ts'
import { terraformTraits } from './terraform/traits.ts'
import { vcpkgTraits } from './vcpkg/traits.ts'
import { vscodeExtensionTraits } from './vscode-extension/traits.ts'
import { wingetTraits } from './winget/traits.ts'
import { wordpressTraits } from './wordpress/traits.ts'
import { zigTraits } from './zig/traits.ts'
/** The same ecosystems as index.ts, in the same order, without what finds their packages: for those who only judge. */
export const ecosystemTraits: EcosystemTraits[] = [
  debTraits,
  apkTraits,
  rpmTraits,
  npmTraits,
  golangTraits,
  pypiTraits,
  cargoTraits,
  composerTraits,
  gemTraits,
  nugetTraits,
  mavenTraits,
  alpmTraits,
  bitnamiTraits,
  brewTraits,
  cocoapodsTraits,
  conanTraits,
  condaTraits,
  cpanTraits,
  cranTraits,
  ebuildTraits,
  genericTraits,
  githubTraits,
  hackageTraits,
  hexTraits,
  juliaTraits,
  k8sTraits,
  luarocksTraits,
  opamTraits,
  pubTraits,
  swiftTraits,
  vcpkgTraits,
  wordpressTraits,
  flatpakTraits,
  nixTraits,
  snapTraits,
  bazelTraits,
  elmTraits,
  helmTraits,
  nimTraits,
  pearTraits,
  shardsTraits,
  terraformTraits,
  vscodeExtensionTraits,
  zigTraits,
  chocolateyTraits,
  chromeExtensionTraits,
  cosTraits,
  macportsTraits,
  spackTraits,
  swiplpackTraits,
  wingetTraits,
  guixTraits,
  otpTraits,
]
