import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { assemblies } from './assemblies.ts'
import { projectAssets } from './assets.ts'
import { dotnetBundle } from './bundle.ts'
import { depsJson } from './deps-json.ts'
import { dotnetTools } from './dotnet-tools.ts'
import { packagesConfig } from './packages-config.ts'
import { packagesLock } from './packages-lock.ts'
import { paket } from './paket.ts'
import { packagesProps, projectFiles } from './projects.ts'
import { nugetTraits } from './traits.ts'

export const nuget: Ecosystem = {
  ...nugetTraits,
  extractors: [
    packagesLock,
    packagesConfig,
    depsJson,
    packagesProps,
    projectFiles,
    projectAssets,
    paket,
    dotnetTools,
    assemblies,
    dotnetBundle,
  ],
}
