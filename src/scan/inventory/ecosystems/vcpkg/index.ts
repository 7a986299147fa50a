import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { vcpkgManifest } from './manifest.ts'
import { vcpkgSpdx } from './spdx.ts'
import { vcpkgStatus } from './status.ts'
import { vcpkgTraits } from './traits.ts'

export const vcpkg: Ecosystem = {
  ...vcpkgTraits,
  extractors: [vcpkgStatus, vcpkgManifest, vcpkgSpdx],
}
