import type { LayerRef } from './package.ts'
import type { Severity } from './severity.ts'

/** What can be looked for. `misconfig` is named by the command line, which says that it is not built yet. */
export const scanners = ['vuln', 'secret', 'malware', 'license'] as const
export type Scanner = (typeof scanners)[number]

export const secretCategories = ['cloud', 'code', 'ai', 'service', 'payment', 'message', 'key', 'credential'] as const
export type SecretCategory = (typeof secretCategories)[number]

/** A secret that was found. The secret itself is nowhere in here. */
export interface Secret {
  rule: string
  title: string
  category: SecretCategory
  severity: Severity
  /** 1-based. */
  startLine: number
  endLine: number
  /** The line with the secret masked, at most 200 characters. */
  match: string
  /** Whose it is, as the token itself says: the account of an AWS key id. */
  owner?: string
  /** Byte offset and length, so that two findings of one place can be told to be one. */
  offset: number
  length: number
  /** `low`: by its place (a test, an example, files that a package brings) probably nobody's secret. */
  certainty?: 'low'
  /**
   * Names the finding in a baseline: rule, what stands around it, and eight bits of the secret's hash: enough to notice that it was exchanged, too little
   * to try guesses against.
   */
  fingerprint: string
}

/** What a match rests on: a file's hash, a byte signature, a YARA rule, a guess from its form, or an advisory that calls the package malicious. */
export type MatchKind = 'hash' | 'signature' | 'yara' | 'heuristic' | 'package'

/** Where a rule comes from: shown with every match, so that its author is credited and its licence known. */
export interface RuleSource {
  /** Name of the rule set: `jenner`, `signature-base`, the file's name for a hash list. */
  ruleSet: string
  /** Author or publisher; '' when the set does not say. */
  author: string
  /** SPDX identifier where known, the set's own words otherwise; '' when it does not say. */
  licence: string
}

/** One rule that says a file is, or looks like, malware. */
export interface MalwareMatch extends RuleSource {
  rule: string
  kind: MatchKind
  severity: Severity
  /** The rule's own sentence, in English; foreign text: escape before printing. */
  description: string
  /** Where the rule points to for more; '' for none. */
  reference: string
  /** Byte offset of the evidence where the engine knows it. */
  offset?: number
}

/** Where in an artifact something stands. */
export interface Place {
  /** Relative to the root; for what stands in the image configuration its part: `config.json: Env`. */
  path: string
  layer?: LayerRef
  /** The layer above that deletes or replaces the file: whoever has the image still has the bytes. */
  removedIn?: LayerRef
  /** Of a git repository's history: the commit that brought it. */
  commit?: string
}

export interface FoundSecrets extends Place {
  secrets: Secret[]
}

export interface FoundMalware extends Place {
  /** Of the whole file, lower-case hexadecimal. */
  sha256: string
  matches: MalwareMatch[]
}

/** A licence text, and which licences it holds. */
export interface FoundLicense extends Place {
  licenses: LicenseGuess[]
}

export interface LicenseGuess {
  /** SPDX identifier. */
  name: string
  /** 0 to 1: how much of the licence's text stands there. */
  confidence: number
}
