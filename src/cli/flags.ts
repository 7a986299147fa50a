import type { MessageKey } from '../base/i18n/translate.ts'
import type { Status } from '../base/model/advisory.ts'
import { type PackageRelationship, packageRelationships } from '../base/model/package.ts'
import { type Severity, severities } from '../base/model/severity.ts'
import * as read from './values.ts'

/** One setting: a command-line flag, a `JENNER_*` variable and a key of jenner.yaml, all of the same name. */
export interface Flag<Value> {
  short?: string
  /** Other spellings that hands know: accepted, not shown. A spelling with `=` sets the flag to what follows (`only-fixed=true`). */
  synonyms?: string[]
  /** What help shows behind the name; a flag without is a switch. */
  placeholder?: string
  title: MessageKey
  /** Reads the text given; throws RangeError with what is allowed. Lists may be given in several parts, joined by commas. */
  parse(text: string): Value
  default: Value
  /** May be given several times. */
  list?: true
  /** Between the parts of a list: a comma, unless parts may hold one. */
  separator?: string
}

const text = (placeholder: string, title: MessageKey, more: Partial<Flag<string>> = {}): Flag<string | undefined> => ({
  placeholder,
  title,
  parse: value => value,
  default: undefined,
  ...more,
})

const list = (placeholder: string, title: MessageKey, more: Partial<Flag<string[]>> = {}): Flag<string[]> => ({
  placeholder,
  title,
  parse: read.list,
  default: [],
  list: true,
  ...more,
})

const toggle = (title: MessageKey, more: Partial<Flag<boolean>> = {}): Flag<boolean> => ({
  title,
  parse: read.boolean,
  default: false,
  ...more,
})

const code = (title: MessageKey): Flag<number> => ({ placeholder: 'N', title, parse: read.exitCode, default: 0 })

/** Every flag that means the same in all verbs, by its name in camel case. Flags of one verb alone are that verb's own. */
export const flags = {
  format: { short: 'f', placeholder: 'FORMAT', title: 'flag.format', parse: String, default: 'table' } as Flag<string>,
  output: text('FILE', 'flag.output', { short: 'o', synonyms: ['file'], list: true, separator: '\n' }),
  template: text('TEMPLATE', 'flag.template', { short: 't' }),
  severity: {
    short: 's',
    placeholder: 'LIST',
    title: 'flag.severity',
    parse: read.severities,
    default: [...severities],
    list: true,
  } as Flag<Severity[]>,
  scanners: {
    placeholder: 'LIST',
    title: 'flag.scanners',
    synonyms: ['security-checks'],
    parse: read.scanners,
    default: ['vuln', 'secret'],
    list: true,
  } as Flag<string[]>,
  vulnSeveritySource: list('LIST', 'flag.vulnSeveritySource'),
  ignoreStatus: {
    placeholder: 'LIST',
    title: 'flag.ignoreStatus',
    parse: read.statuses,
    default: [],
    list: true,
  } as Flag<Status[]>,
  secretConfig: text('FILE', 'flag.secretConfig'),
  secretBaseline: text('FILE', 'flag.secretBaseline'),
  malwareRules: list('DIR', 'flag.malwareRules'),
  maxArchiveSize: {
    placeholder: 'SIZE',
    title: 'flag.maxArchiveSize',
    parse: read.bytes,
    default: undefined,
  } as Flag<number | undefined>,
  clamd: text('SOCKET', 'flag.clamd'),
  licenseAllow: list('LIST', 'flag.licenseAllow'),
  licenseDeny: list('LIST', 'flag.licenseDeny'),
  pkgTypes: {
    placeholder: 'os,library',
    title: 'flag.pkgTypes',
    synonyms: ['vuln-type'],
    parse: read.packageTypes,
    default: ['os', 'library'],
    list: true,
  } as Flag<('os' | 'library')[]>,
  pkgRelationships: {
    placeholder: 'LIST',
    title: 'flag.pkgRelationships',
    parse: read.packageRelationships,
    default: [...packageRelationships],
    list: true,
  } as Flag<PackageRelationship[]>,
  ignoreUnfixed: toggle('flag.ignoreUnfixed', { synonyms: ['only-fixed'] }),
  exitCode: code('flag.exitCode'),
  exitOnEol: code('flag.exitOnEol'),
  failOn: {
    placeholder: 'SEVERITY',
    title: 'flag.failOn',
    parse: read.severity,
    default: undefined,
  } as Flag<Severity | undefined>,
  ignorefile: list('FILE', 'flag.ignorefile'),
  vex: list('FILE', 'flag.vex'),
  showSuppressed: toggle('flag.showSuppressed'),
  listAllPkgs: toggle('flag.listAllPkgs'),
  includeDevDeps: toggle('flag.includeDevDeps'),
  skipDirs: list('LIST', 'flag.skipDirs'),
  skipFiles: list('LIST', 'flag.skipFiles', { synonyms: ['exclude'] }),
  platform: text('OS/ARCH', 'flag.platform'),
  input: text('FILE', 'flag.input'),
  compareBases: list('LIST', 'flag.compareBases'),
  imageSrc: {
    placeholder: 'LIST',
    title: 'flag.imageSrc',
    parse: read.imageSources,
    default: ['docker', 'containerd', 'podman', 'remote'],
    list: true,
  } as Flag<string[]>,
  fromFile: list('FILE', 'flag.fromFile'),
  branch: text('NAME', 'flag.branch'),
  tag: text('NAME', 'flag.tag'),
  commit: text('SHA', 'flag.commit'),
  history: toggle('flag.history'),
  insecure: toggle('flag.insecure'),
  registryCa: list('FILE', 'flag.registryCa'),
  registryMirror: list('HOST', 'flag.registryMirror'),
  maxImageSize: {
    placeholder: 'SIZE',
    title: 'flag.maxImageSize',
    parse: read.bytes,
    default: undefined,
  } as Flag<number | undefined>,
  db: text('FILE', 'flag.db'),
  offline: toggle('flag.offline', { synonyms: ['offline-scan'] }),
  skipDbUpdate: toggle('flag.skipDbUpdate', {
    synonyms: ['skip-java-db-update', 'skip-check-update', 'skip-version-check', 'disable-telemetry'],
  }),
  allowStarter: toggle('flag.allowStarter'),
  cacheDir: text('DIR', 'flag.cacheDir'),
  noCache: toggle('flag.noCache'),
  timeout: {
    placeholder: 'TIME',
    title: 'flag.timeout',
    parse: read.duration,
    default: undefined,
  } as Flag<number | undefined>,
  maxMemory: {
    placeholder: 'SIZE',
    title: 'flag.maxMemory',
    parse: read.bytes,
    default: undefined,
  } as Flag<number | undefined>,
  lang: {
    placeholder: 'ko|en',
    title: 'flag.lang',
    parse: read.language,
    default: undefined,
  } as Flag<'en' | 'ko' | undefined>,
  quiet: toggle('flag.quiet', { short: 'q' }),
  debug: toggle('flag.debug', { short: 'd' }),
  noProgress: toggle('flag.noProgress'),
  noColor: toggle('flag.noColor'),
  config: text('FILE', 'flag.config', { short: 'c' }),
} as const

export type FlagName = keyof typeof flags
export type Settings = { [Name in FlagName]: (typeof flags)[Name] extends Flag<infer Value> ? Value : never }

/** `skipDbUpdate` -> `skip-db-update`: the flag, and the key in jenner.yaml. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/** Flags that every verb takes. */
export const commonFlags = ['config', 'lang', 'quiet', 'debug', 'noColor'] as const satisfies FlagName[]

/** Flags of the verb that reads git repositories. */
export const gitFlags = ['branch', 'tag', 'commit', 'history'] as const satisfies FlagName[]

/** Flags of verbs that may ask a registry. */
export const registryFlags = [
  'imageSrc',
  'insecure',
  'registryCa',
  'registryMirror',
  'maxImageSize',
] as const satisfies FlagName[]

/** Flags of every verb that scans. */
export const scanFlags = [
  'format',
  'output',
  'template',
  'severity',
  'vulnSeveritySource',
  'scanners',
  'secretConfig',
  'secretBaseline',
  'malwareRules',
  'maxArchiveSize',
  'clamd',
  'licenseAllow',
  'licenseDeny',
  'pkgTypes',
  'pkgRelationships',
  'ignoreUnfixed',
  'ignoreStatus',
  'exitCode',
  'exitOnEol',
  'failOn',
  'ignorefile',
  'vex',
  'showSuppressed',
  'listAllPkgs',
  'includeDevDeps',
  'skipDirs',
  'skipFiles',
  'platform',
  'db',
  'offline',
  'skipDbUpdate',
  'allowStarter',
  'cacheDir',
  'noCache',
  'timeout',
  'maxMemory',
  'noProgress',
] as const satisfies FlagName[]
