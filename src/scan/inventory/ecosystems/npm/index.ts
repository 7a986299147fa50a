import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bun } from './bun.ts'
import { deno } from './deno.ts'
import { nodePkg } from './node-pkg.ts'
import { packageLock } from './package-lock.ts'
import { pnpm } from './pnpm.ts'
import { npmTraits } from './traits.ts'
import { yarn } from './yarn.ts'

export const npm: Ecosystem = {
  ...npmTraits,
  extractors: [packageLock, yarn, pnpm, bun, deno, nodePkg],
}
