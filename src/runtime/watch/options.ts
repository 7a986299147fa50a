import type { Language } from '../../base/i18n/translate.ts'
import type { FloodLimits } from '../incidents/flood.ts'
import type { IncidentLimits } from '../incidents/incidents.ts'
import type { RuleText } from '../rules/loader/load.ts'
import type { DriftPolicy } from './drift/policy.ts'

/** What a watch is made from: all of it can be handed to another thread. */
export interface WatchOptions {
  /** Default: our own library. */
  rules?: RuleText[]
  flood?: FloodLimits
  incidents?: IncidentLimits
  hostname?: string
  /** What happens to programs that are not of the image; without it, they are told by the rules alone. */
  drift?: DriftPolicy
  /** Folder where lists and profiles are kept; none keeps none. */
  state?: string
  /** Learn the profiles of images that have none; without it, those that are learned are judged by all the same. */
  learn?: boolean
  /** Look at files that are executed or written for malware. */
  malware?: boolean
  /** Tell which files of their images containers use. */
  loaded?: boolean
  /** Record raw events into this file. */
  record?: string
  language?: Language
  /** Container id that the sensor's test of itself takes. */
  selfTest?: string
}

/** What the ids begin with that tests of sensors take: no real container's does, and no sensor judges what happens there, be it another's. */
export const selfTestPrefix = '0'.repeat(24)

/** Folders of the state, by what they keep: `jenner profile` reads them too. */
export const stateFolders = { drift: 'drift', profiles: 'profiles', malware: 'malware' } as const

/** What is asked of the thread that watches, and what it answers. */
export type Question = { what: 'events'; containerId: string } | { what: 'incidents' }
