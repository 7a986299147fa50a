import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import type { DatabaseInfo } from '../../base/model/advisory.ts'
import { type BuildReport, buildAdvisories, chooseAdvisories } from '../../scan/advisories/advisories.ts'
import { databasePath } from '../../scan/advisories/place.ts'
import { takePrebuilt } from '../../scan/advisories/update/prebuilt.ts'
import { lastGood, updateAdvisories } from '../../scan/advisories/update/update.ts'
import { verifyDatabase } from '../../scan/advisories/update/verify.ts'
import { basesPath, buildBases } from '../../scan/known-bases.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { checkPlain, plainText } from '../plain.ts'
import { defineApply, defineDelta } from './db-delta.ts'
import { ageOf, sayProblems, sizeText, statusText } from './db-text.ts'

/** `jenner db update | build --from DIR… -o FILE | status | verify | delta OLD NEW -o FILE | apply BASE DELTA -o FILE` */
export function define(command: Command, context: Context): void {
  defineUpdate(command.command('update').description(context.text('db.update')), context)
  defineBuild(command.command('build').description(context.text('db.build')), context)
  defineStatus(command.command('status').description(context.text('db.status')), context)
  defineVerify(command.command('verify').description(context.text('db.verify')), context)
  defineDelta(command.command('delta').description(context.text('db.delta')), context)
  defineApply(command.command('apply').description(context.text('db.apply')), context)
}

const gather = (value: string, before: string[] = []) => [...before, ...value.split(',').filter(part => part !== '')]

interface UpdateFlags {
  feeds?: string[]
  url?: string[]
  mirror?: string[]
  allowShrink?: string[]
  allowOlder?: boolean
}

function defineUpdate(command: Command, context: Context): void {
  command
    .option('--feeds <LIST>', context.text('db.flag.feeds'), gather)
    .option('--url <URL>', context.text('db.flag.url'), gather)
    .option('--mirror <FEED=URL>', context.text('db.flag.mirror'), gather)
    .option('--allow-shrink <LIST>', context.text('db.flag.allowShrink'), gather)
    .option('--allow-older', context.text('db.flag.allowOlder'))
  addFlags(command, context, ['db', 'cacheDir', 'offline', 'format']).action(async (own: UpdateFlags) => {
    const { db, cacheDir, offline, format } = context.settings(command, ['db', 'cacheDir', 'offline', 'format'])
    checkPlain(format)
    const to = db ?? databasePath(cacheDir, context.env)
    try {
      await update(to, own, offline, format, context)
    } catch (error) {
      const kept = lastGood(to)
      if (kept !== undefined) context.say(context.text('db.kept', { file: to, age: ageOf(kept.builtAt, context) }))
      throw error
    }
  })
}

async function update(to: string, own: UpdateFlags, offline: boolean, format: string, context: Context): Promise<void> {
  const allowShrink = own.allowShrink ?? []
  if (own.url !== undefined) {
    const taken = await takePrebuilt({
      from: own.url,
      to,
      allowShrink,
      allowOlder: own.allowOlder === true,
      offline,
      signal: context.signal,
    })
    const age = ageOf(taken.info.builtAt, context)
    const line =
      taken.how === 'unchanged'
        ? context.text('db.unchanged', { age })
        : context.text('db.taken', { from: taken.from, records: total(taken.info), age })
    const data = { Changed: taken.how !== 'unchanged', How: taken.how, Database: taken.info }
    await context.emit([plainText(format, data, () => `${line}\n`)])
    return
  }
  const report = await updateAdvisories({
    to,
    ...(own.feeds ? { feeds: own.feeds } : {}),
    mirrors: mirrorsOf(own.mirror ?? []),
    allowShrink,
    offline,
    signal: context.signal,
    onFile: ({ file, done, of }) => context.say(context.text('db.fetching', { file, done, of })),
  })
  for (const { file, reason } of report.stale) context.say(context.text('db.stale', { file, reason }))
  for (const { file, reason } of report.lost) context.say(context.text('db.lost', { file, reason }))
  if (report.lost.length > 0) context.exitCode = 1
  if (report.build) sayProblems(report.build, context)
  const line = report.changed
    ? context.text('db.updated', { records: total(report.info) })
    : context.text('db.unchanged', { age: ageOf(report.info.builtAt, context) })
  const data = { Changed: report.changed, Stale: report.stale, Lost: report.lost, Database: report.info }
  await context.emit([plainText(format, data, () => `${line}\n`)])
}

const total = (info: DatabaseInfo) => info.sources.reduce((sum, source) => sum + source.records, 0)

/** `FEED=URL`, several times for several mirrors. */
function mirrorsOf(given: string[]): Map<string, string[]> {
  const mirrors = new Map<string, string[]>()
  for (const text of given) {
    const equals = text.indexOf('=')
    if (equals < 1) throw new JennerError('usage', `--mirror ${text}`)
    const feed = text.slice(0, equals)
    mirrors.set(feed, [...(mirrors.get(feed) ?? []), text.slice(equals + 1)])
  }
  return mirrors
}

function defineBuild(command: Command, context: Context): void {
  command
    .argument('[DIR...]', context.text('db.flag.from'))
    .option('--from <DIR...>', context.text('db.flag.from'), (value: string, before: string[] = []) => [
      ...before,
      value,
    ])
  command.option('--bases <DIR>', context.text('db.flag.bases'))
  type Own = { from?: string[]; bases?: string }
  addFlags(command, context, ['output', 'format']).action(async (folders: string[], own: Own) => {
    const { output, format } = context.settings(command, ['output', 'format'])
    checkPlain(format)
    const from = [...folders, ...(own.from ?? [])]
    if (from.length === 0) throw new JennerError('usage', context.text('cli.missing_argument', { name: '--from DIR' }))
    if (output === undefined) throw new JennerError('usage', context.text('cli.missing_argument', { name: '-o FILE' }))
    const missing = [...from, ...(own.bases === undefined ? [] : [own.bases])].find(path => !existsSync(path))
    if (missing !== undefined) throw new JennerError('target_not_found', missing)
    const report = await buildAdvisories({ from, to: output, signal: context.signal })
    sayProblems(report, context)
    if (own.bases !== undefined) {
      const images = buildBases(own.bases, output)
      context.say(context.text('db.bases', { count: images, file: basesPath(output) }))
    }
    await context.emit([plainText(format, report, () => `${builtLine(report, output, context)}\n`)])
  })
}

function builtLine(report: BuildReport, file: string, context: Context): string {
  return context.text('db.built', { records: report.records, files: report.files, size: sizeText(report.bytes), file })
}

function defineStatus(command: Command, context: Context): void {
  addFlags(command, context, ['db', 'cacheDir', 'format']).action(async () => {
    context.endAtOnce()
    const { db, cacheDir, format } = context.settings(command, ['db', 'cacheDir', 'format'])
    const file = db ?? databasePath(cacheDir, context.env)
    const advisories = chooseAdvisories({ db, cacheDir: cacheDir ?? undefined })
    try {
      const data = { File: file, Database: advisories.info }
      await context.emit([plainText(format, data, () => statusText(file, advisories.info, context))])
    } finally {
      advisories.close()
    }
  })
}

function defineVerify(command: Command, context: Context): void {
  addFlags(command, context, ['db', 'cacheDir', 'format']).action(async () => {
    context.endAtOnce()
    const { db, cacheDir, format } = context.settings(command, ['db', 'cacheDir', 'format'])
    const file = db ?? databasePath(cacheDir, context.env)
    checkPlain(format)
    verifyDatabase(file)
    const line = `${context.text('db.sound', { file })}\n`
    await context.emit([plainText(format, { File: file, Sound: true }, () => line)])
  })
}
