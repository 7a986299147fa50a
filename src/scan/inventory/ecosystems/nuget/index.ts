import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { assemblies } from './assemblies.ts'
import { dotnetBundle } from './bundle.ts'
import { depsJson } from './deps-json.ts'
import { packagesConfig } from './packages-config.ts'
import { packagesLock } from './packages-lock.ts'
import { paket } from './paket.ts'
import { packagesProps, projectFiles } from './projects.ts'
import { versions } from './version.ts'

/** NuGet: packages of .NET. */
export const nuget: Ecosystem = {
  type: 'nuget',
  title: { en: '.NET (NuGet)', ko: '닷넷 (NuGet)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['NuGet'],
  extractors: [packagesLock, packagesConfig, depsJson, packagesProps, projectFiles, paket, assemblies, dotnetBundle],
}
