import { existsSync } from 'node:fs'
import type { Advisories } from '../../base/model/advisory.ts'
import type { BuildOptions, BuildReport } from './build.ts'
import { databasePath } from './place.ts'
import { starterAdvisories } from './starter/index.ts'
import { openDatabase } from './store/reader.ts'

export type { BuildOptions, BuildReport } from './build.ts'

/** `buildAdvisories` of build.ts; the feeds' parsers are loaded only now: a scan needs none of them. */
export async function buildAdvisories(options: BuildOptions): Promise<BuildReport> {
  const build = await import('./build.ts')
  return await build.buildAdvisories(options)
}

/** Opens a database file. Throws JennerError database_missing or database_corrupt. */
export function openAdvisories(file: string): Advisories {
  return openDatabase(file)
}

/**
 * The advisories to judge by: the file given; without one the database at its default place; without that the starter data (`info.starter`).
 * A file that was asked for and is missing, and a damaged one, are errors: never silently less.
 */
export function chooseAdvisories(options: { db?: string | undefined; cacheDir?: string | undefined } = {}): Advisories {
  if (options.db !== undefined) return openDatabase(options.db)
  const path = databasePath(options.cacheDir)
  return existsSync(path) ? openDatabase(path) : starterAdvisories()
}
