import { JennerError } from '../../../base/errors.ts'
import { withReader } from '../store/reader.ts'
import { detailLinesOf, scoresOf, valuesOf } from '../store/walk.ts'

/**
 * Reads a whole database: every page, value, list and block under its checksum, every record decoded.
 * Throws JennerError database_missing, database_corrupt (naming the file and what in it is damaged), unsupported.
 */
export function verifyDatabase(path: string): { values: number } {
  try {
    return withReader(path, reader => {
      let values = 0
      for (const _ of valuesOf(reader)) values++
      for (const line of detailLinesOf(reader)) JSON.parse(line)
      for (const _ of scoresOf(reader));
      return { values }
    })
  } catch (error) {
    if (error instanceof JennerError && ['unsupported', 'database_missing', 'database_corrupt'].includes(error.code))
      throw error.code === 'database_corrupt' && !error.detail.includes(path)
        ? new JennerError('database_corrupt', `${path}: ${error.detail}`, error)
        : error
    throw new JennerError('database_corrupt', `${path}: ${String(error)}`, error)
  }
}
