import type { Credential } from './credential.ts'
import type { CredentialSources } from './credentials.ts'
import type { Mirror } from './mirrors.ts'

/** How registries are spoken to. Everything has a default that is safe. */
export interface RegistryOptions {
  /** No certificate is verified and plain HTTP spoken where HTTPS is not: for the registries named by the user, not for where they point. */
  insecure?: boolean
  /** PEM files of further certificate authorities. */
  caFiles?: string[]
  mirrors?: Mirror[]
  /** For the registry that the user named, before any file is asked. */
  credential?: Credential
  credentials?: CredentialSources
  /** Stored bytes of one image, all layers that are fetched. Default 32 GiB. */
  maxImageBytes?: number
  /** Folder for what is fetched; files in it have no name where the system allows that. */
  workDir?: string
  env?: NodeJS.ProcessEnv
  /** Milliseconds before the second attempt; doubled for each further one. Default 500. */
  retryDelay?: number
  /** Milliseconds without a byte after which an answer is given up. Default 60 s. */
  stallTimeout?: number
}
