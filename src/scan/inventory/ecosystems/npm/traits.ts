import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** npm: everything that installs from the registry of Node.js packages. */
export const npmTraits: EcosystemTraits = {
  type: 'npm',
  title: { en: 'Node.js (npm)', ko: 'Node.js (npm)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  // The project itself is not the package of that name in the registry.
  advisoryEcosystems: (_, { relationship, foundBy }) => (relationship === 'root' && foundBy === 'npm' ? [] : ['npm']),
}
