/**
 * Jenner as a library: the same core without the command. Nothing here prints or exits the process; the network is opened for what names it alone
 * (`imageSources: ['remote']`, a repository's address).
 * Wrong arguments throw JennerError with a `code`; bad input files come back as `Incomplete` or `errors`.
 */
export { type ErrorCode, JennerError } from './base/errors.ts'
export type { Advisories, AdvisoryDetails, AdvisoryRecord, Status } from './base/model/advisory.ts'
export type { Scanner, Secret } from './base/model/content.ts'
export type { Inventory } from './base/model/inventory.ts'
export type { Package } from './base/model/package.ts'
export type {
  Report,
  ReportLicense,
  ReportMalware,
  ReportPackage,
  ReportResult,
  ReportSecret,
  ReportVulnerability,
} from './base/model/report.ts'
export type { Severity } from './base/model/severity.ts'
export { type CompiledCondition, compileCondition, matches } from './runtime/rules/engine.ts'
export { loadRules, type RuleText } from './runtime/rules/loader/load.ts'
export type { Problem, Rule, RuleSet } from './runtime/rules/model.ts'
export { type BuildOptions, type BuildReport, buildAdvisories, openAdvisories } from './scan/advisories/advisories.ts'
export { imagesOf } from './scan/image-list/images-of.ts'
export type { NamedImage } from './scan/image-list/named-image.ts'
export { findPackages } from './scan/inspect/find-packages.ts'
export { inspect } from './scan/inspect/inspect.ts'
export { compareVersions, satisfies } from './scan/inventory/versions.ts'
export { judge } from './scan/judge.ts'
export type { ScanOptions, ScanProgress, ScanTarget } from './scan/options.ts'
export { scan } from './scan/scan.ts'
export { findSecrets } from './scan/secrets/find.ts'
