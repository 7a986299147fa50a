import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { JennerError } from '../base/errors.ts'
import { type Scanner, scanners } from '../base/model/content.ts'
import { packageRelationships } from '../base/model/package.ts'
import type { Report } from '../base/model/report.ts'
import { severities } from '../base/model/severity.ts'
import type { ScanOptions, ScanTarget } from '../scan/options.ts'
import { isVexFile } from '../scan/vex-word.ts'
import { addFlags } from './add-flags.ts'
import type { Context } from './context.ts'
import { destinationsOf } from './destinations.ts'
import { commonFlags, type FlagName, gitFlags, registryFlags, type Settings, scanFlags } from './flags.ts'
import { progressLine } from './progress.ts'
import { registrySettings } from './registry-settings.ts'
import { chooseFormat, writeReport } from './report-output.ts'
import { addWithoutEffect, sayUnread } from './unread.ts'
import { exitCodeOf } from './verdict.ts'

export const allFlags = [
  ...scanFlags,
  ...commonFlags,
  ...registryFlags,
  ...gitFlags,
  'input',
  'fromFile',
  'compareBases',
] as const
export type ScanSettings = Pick<Settings, (typeof allFlags)[number]>

export interface ScanVerb {
  /** The argument's name: `<DIR>`, `[IMAGE]`. */
  argument: string
  flags?: FlagName[]
  /** What the argument and the settings mean; throws JennerError usage. */
  target(word: string | undefined, settings: ScanSettings): ScanTarget
  /** Does something else than scan one target; undefined: not this time. `copies` are the settings, once for each place that a report goes to. */
  instead?(word: string | undefined, copies: ScanSettings[]): Promise<void> | undefined
}

/** Gives `command` the argument, the flags and the action of a verb that scans one target. */
export function defineScan(command: Command, context: Context, verb: ScanVerb): void {
  addFlags(command.argument(verb.argument), context, [...scanFlags, ...(verb.flags ?? [])]).action(
    async (word?: string) => {
      const settings = context.settings(command, allFlags)
      const copies = destinationsOf(settings).map(destination => ({ ...settings, ...destination }))
      const packages = copies.map(copy => chooseFormat(copy)).some(({ format }) => format.needsPackages === true)
      sayUnread(context)
      const other = verb.instead?.(word, copies)
      if (other !== undefined) return other
      const target = verb.target(word, settings)
      const report = await runScan(target, settings, context, packages)
      for (const copy of copies) await writeReport(report, copy, context)
      sayImages(report, context)
      context.exitCode = exitCodeOf(report, settings)
    },
  )
  addWithoutEffect(command, context)
}

const shownImages = 10

/** What else there is to scan: the images that a project names. */
function sayImages({ Metadata }: Report, context: Context): void {
  const names = [...new Set((Metadata.Images ?? []).map(({ Image }) => Image))]
  if (names.length === 0) return
  const shown = names.slice(0, shownImages).join(', ')
  context.say(context.text('sources.seen', { images: names.length > shownImages ? `${shown}, …` : shown }))
}

/** Scans with a progress line, by the settings of the command line. */
export async function runScan(
  target: ScanTarget,
  settings: ScanSettings,
  context: Context,
  packages: boolean,
): Promise<Report> {
  const options = scanOptions(settings, context, packages)
  const progress = progressLine(context, !settings.noProgress && !settings.quiet && !settings.debug)
  const { scan } = await import('../scan/scan.ts')
  try {
    return await scan(target, { ...options, onProgress: progress.update })
  } finally {
    progress.clear()
  }
}

/** Settings of the command line as options of scan(). What cannot be had yet is refused, never left out in silence. */
export function scanOptions(settings: ScanSettings, context: Context, packages: boolean): ScanOptions {
  return {
    scanners: chosenScanners(settings.scanners),
    malwareRules: settings.malwareRules.map(folder => mustBeFolder('--malware-rules', folder)),
    licenseAllow: settings.licenseAllow,
    licenseDeny: settings.licenseDeny,
    ...(settings.vulnSeveritySource.length > 0 && { severityOrder: settings.vulnSeveritySource.map(sourceName) }),
    ...(settings.ignoreStatus.length > 0 && { ignoreStatuses: settings.ignoreStatus }),
    ...secretRules(settings.secretConfig, context),
    ...(settings.secretBaseline !== undefined && { secretBaseline: settings.secretBaseline }),
    ...(settings.maxArchiveSize !== undefined && { maxArchiveSize: settings.maxArchiveSize }),
    ...(settings.clamd !== undefined && { clamd: mustExist('--clamd', settings.clamd) }),
    cacheDir: settings.cacheDir ?? defaultCacheDir(context.env),
    noCache: settings.noCache,
    allowStarter: settings.allowStarter,
    ignoreUnfixed: settings.ignoreUnfixed,
    pkgTypes: settings.pkgTypes,
    ...(settings.pkgRelationships.length < packageRelationships.length && {
      pkgRelationships: settings.pkgRelationships,
    }),
    includeDevelopment: settings.includeDevDeps,
    listAllPackages: packages || settings.listAllPkgs,
    ignoreFiles: ignoreFiles(settings.ignorefile),
    vexFiles: settings.vex.map(word => (isVexFile(word) ? mustExist('--vex', word) : word)),
    skipDirs: settings.skipDirs,
    skipFiles: settings.skipFiles,
    signal: context.signal,
    ...registrySettings(settings, context.env),
    git: gitSettings(settings),
    compareBases: settings.compareBases,
    ...(settings.severity.length < severities.length && { severities: settings.severity }),
    ...(settings.db !== undefined && { db: settings.db }),
    ...(settings.platform !== undefined && { platform: settings.platform }),
    ...(settings.timeout !== undefined && { timeout: settings.timeout }),
    ...(settings.maxMemory !== undefined && { maxMemory: settings.maxMemory }),
  }
}

function gitSettings({ branch, tag, commit, history, maxImageSize }: ScanSettings): NonNullable<ScanOptions['git']> {
  return {
    history,
    ...(branch !== undefined && { branch }),
    ...(tag !== undefined && { tag }),
    ...(commit !== undefined && { commit }),
    ...(maxImageSize !== undefined && { maxBytes: maxImageSize }),
  }
}

function chosenScanners(names: readonly string[]): Scanner[] {
  const chosen = scanners.filter(name => names.includes(name))
  const missing = names.find(name => name !== 'none' && !chosen.some(known => known === name))
  if (missing !== undefined) throw new JennerError('not_built_yet', `--scanners ${missing}`)
  return chosen
}

/** `$XDG_CACHE_HOME/jenner`, else `~/.cache/jenner`. */
export function defaultCacheDir(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'jenner')
}

/** Read from the working folder where no --ignorefile names others. */
const usualIgnoreFiles = ['.jennerignore', '.trivyignore', '.trivyignore.yaml', '.grype.yaml']

function ignoreFiles(named: string[]): string[] {
  if (named.length === 0) return usualIgnoreFiles.filter(file => existsSync(file))
  return named.map(file => mustExist('--ignorefile', file))
}

const usualSecretRules = 'trivy-secret.yaml'

/** Rules of the working folder count where no --secret-config names others, as Trivy has it; not in silence, for they may hold exceptions. */
function secretRules(named: string | undefined, context: Context): { secretConfig?: string } {
  if (named !== undefined) return { secretConfig: mustExist('--secret-config', named) }
  if (!existsSync(usualSecretRules)) return {}
  context.say(context.text('cli.secret_rules', { file: usualSecretRules }))
  return { secretConfig: usualSecretRules }
}

/** `auto`, as hands know it: whoever made the package. */
function sourceName(word: string): string {
  return word === 'auto' ? 'vendor' : word
}

function mustBeFolder(flag: string, folder: string): string {
  if (statSync(mustExist(flag, folder)).isDirectory()) return folder
  throw new JennerError('bad_argument', `${flag} ${folder}: not a folder`)
}

function mustExist(flag: string, file: string): string {
  if (!existsSync(file)) throw new JennerError('bad_argument', `${flag} ${file}: no such file`)
  return file
}
