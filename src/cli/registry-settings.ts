import { JennerError } from '../base/errors.ts'
import type { Credential } from '../scan/image/registry/credential.ts'
import { parseMirror } from '../scan/image/registry/mirrors.ts'
import type { RegistryOptions } from '../scan/image/registry/options.ts'
import type { ScanOptions } from '../scan/options.ts'
import { credentialVariables } from './credential-variables.ts'
import type { registryFlags, Settings } from './flags.ts'

type RegistrySettings = Pick<Settings, (typeof registryFlags)[number] | 'offline'>

/** How registries are asked, by the settings of the command line. Throws bad_argument. */
export function registrySettings(
  settings: RegistrySettings,
  env: NodeJS.ProcessEnv,
): Pick<ScanOptions, 'imageSources' | 'registry' | 'offline'> {
  const credential = credentialOf(env)
  const registry: RegistryOptions = {
    insecure: settings.insecure,
    caFiles: settings.registryCa,
    mirrors: settings.registryMirror.map(parseMirror),
    ...(settings.maxImageSize !== undefined && { maxImageBytes: settings.maxImageSize }),
    ...(credential && { credential }),
  }
  return {
    imageSources: settings.imageSrc as NonNullable<ScanOptions['imageSources']>,
    registry,
    offline: settings.offline,
  }
}

function credentialOf(env: NodeJS.ProcessEnv): Credential | undefined {
  const [user, password, bearer] = credentialVariables.map(name => env[name] || undefined)
  if (bearer !== undefined) return { bearer }
  if (user === undefined && password === undefined) return undefined
  if (user === undefined || password === undefined)
    throw new JennerError('bad_argument', 'JENNER_REGISTRY_USER and JENNER_REGISTRY_PASSWORD go together')
  return { user, password }
}
