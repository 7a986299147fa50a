import type { Ecosystem } from '../../../base/model/ecosystem.ts'
import { alpm } from './alpm/index.ts'
import { apk } from './apk/index.ts'
import { bazel } from './bazel/index.ts'
import { bitnami } from './bitnami/index.ts'
import { brew } from './brew/index.ts'
import { cargo } from './cargo/index.ts'
import { chocolatey } from './chocolatey/index.ts'
import { chromeExtension } from './chrome-extension/index.ts'
import { cocoapods } from './cocoapods/index.ts'
import { composer } from './composer/index.ts'
import { conan } from './conan/index.ts'
import { conda } from './conda/index.ts'
import { cos } from './cos/index.ts'
import { cpan } from './cpan/index.ts'
import { cran } from './cran/index.ts'
import { deb } from './deb/index.ts'
import { ebuild } from './ebuild/index.ts'
import { elm } from './elm/index.ts'
import { flatpak } from './flatpak/index.ts'
import { gem } from './gem/index.ts'
import { generic } from './generic/index.ts'
import { github } from './github/index.ts'
import { golang } from './golang/index.ts'
import { guix } from './guix/index.ts'
import { hackage } from './hackage/index.ts'
import { helm } from './helm/index.ts'
import { hex } from './hex/index.ts'
import { julia } from './julia/index.ts'
import { k8s } from './k8s/index.ts'
import { luarocks } from './luarocks/index.ts'
import { macports } from './macports/index.ts'
import { maven } from './maven/index.ts'
import { nim } from './nim/index.ts'
import { nix } from './nix/index.ts'
import { npm } from './npm/index.ts'
import { nuget } from './nuget/index.ts'
import { opam } from './opam/index.ts'
import { otp } from './otp/index.ts'
import { pear } from './pear/index.ts'
import { pub } from './pub/index.ts'
import { pypi } from './pypi/index.ts'
import { rpm } from './rpm/index.ts'
import { shards } from './shards/index.ts'
import { snap } from './snap/index.ts'
import { spack } from './spack/index.ts'
import { swift } from './swift/index.ts'
import { swiplpack } from './swiplpack/index.ts'
import { terraform } from './terraform/index.ts'
import { vcpkg } from './vcpkg/index.ts'
import { vscodeExtension } from './vscode-extension/index.ts'
import { winget } from './winget/index.ts'
import { wordpress } from './wordpress/index.ts'
import { zig } from './zig/index.ts'
/** Every ecosystem Jenner knows: one line each. To add one, copy a folder, then add its line here. */
export const ecosystems: Ecosystem[] = [
  deb,
  apk,
  rpm,
  npm,
  golang,
  pypi,
  cargo,
  composer,
  gem,
  nuget,
  maven,
  alpm,
  bitnami,
  brew,
  cocoapods,
  conan,
  conda,
  cpan,
  cran,
  ebuild,
  generic,
  github,
  hackage,
  hex,
  julia,
  k8s,
  luarocks,
  opam,
  pub,
  swift,
  vcpkg,
  wordpress,
  flatpak,
  nix,
  snap,
  bazel,
  elm,
  helm,
  nim,
  pear,
  shards,
  terraform,
  vscodeExtension,
  zig,
  chocolatey,
  chromeExtension,
  cos,
  macports,
  spack,
  swiplpack,
  winget,
  guix,
  otp,
]
