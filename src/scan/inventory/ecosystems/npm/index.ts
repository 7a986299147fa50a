import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bun } from './bun.ts'
import { deno } from './deno.ts'
import { nodePkg } from './node-pkg.ts'
import { packageLock } from './package-lock.ts'
import { pnpm } from './pnpm.ts'
import { versions } from './version.ts'
import { yarn } from './yarn.ts'

/** npm: everything that installs from the registry of Node.js packages. */
export const npm: Ecosystem = {
  type: 'npm',
  title: { en: 'Node.js (npm)', ko: 'Node.js (npm)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['npm'],
  extractors: [packageLock, yarn, pnpm, bun, deno, nodePkg],
}
