import { existsSync } from 'node:fs'
import type { Advisories } from '../../base/model/advisory.ts'
import { databasePath } from './place.ts'
import { starterAdvisories } from './starter/index.ts'
import { openDatabase } from './store/reader.ts'

export { type BuildOptions, type BuildReport, buildAdvisories } from './build.ts'

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
