import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** NuGet: packages of .NET. */
export const nugetTraits: EcosystemTraits = {
  type: 'nuget',
  title: { en: '.NET (NuGet)', ko: '닷넷 (NuGet)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['NuGet'],
}
