import type { Status } from '../../../base/model/advisory.ts'
import type { Lookup } from './subject.ts'

/** One record's word about one package. */
export interface Judgement extends Lookup {
  verdict: 'vulnerable' | 'not_vulnerable' | 'unknown'
  /** `stated`: the vendor says "not affected" outright, which silences other sources; else it follows from versions. */
  stated: boolean
  status: Status
  fixed?: string
  readonly range: string
}
