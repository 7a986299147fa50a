import { existsSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'
import type { KnownImage } from '../base/model/base-image.ts'
import type { Incomplete } from '../base/model/inventory.ts'
import { databasePath } from './advisories/place.ts'
import { catalogueOfReports, readCatalogue, writeCatalogue } from './base-image/catalogue.ts'
import { localCatalogue } from './base-image/local.ts'
import type { ScanOptions, ScanTarget } from './options.ts'

/** Where the catalogue of base images stands that belongs to a database file. */
export function basesPath(db: string): string {
  return `${db}.bases`
}

/** Makes the catalogue of a database out of a folder of JSON reports of images; answers how many it holds. */
export function buildBases(folder: string, db: string): number {
  const { images } = catalogueOfReports(folder)
  writeCatalogue(basesPath(db), images)
  return images.length
}

/**
 * The images that a target may be built on: those given, else the catalogue beside the database and the local Docker daemon's images. A catalogue that
 * cannot be read is told, and the rest goes on without it.
 */
export async function knownBases(
  target: ScanTarget,
  options: ScanOptions,
): Promise<{ images: readonly KnownImage[]; incomplete: Incomplete[] }> {
  if (options.baseImages) return { images: options.baseImages, incomplete: [] }
  if (target.kind !== 'image' && target.kind !== 'archive') return { images: [], incomplete: [] }
  const local = await localImages(options.signal)
  const path = basesPath(options.db ?? databasePath(options.cacheDir))
  if (!existsSync(path)) return { images: local, incomplete: [] }
  try {
    return { images: [...readCatalogue(path), ...local], incomplete: [] }
  } catch (error) {
    if (!(error instanceof JennerError)) throw error
    return { images: local, incomplete: [{ path, code: 'database_corrupt', detail: error.detail }] }
  }
}

/** A daemon that does not answer in time counts as none: names are an addition, not the scan. */
const mostMs = 10_000

async function localImages(signal: AbortSignal | undefined): Promise<KnownImage[]> {
  const limit = AbortSignal.timeout(mostMs)
  try {
    return await localCatalogue({ signal: signal ? AbortSignal.any([signal, limit]) : limit })
  } catch (error) {
    if (limit.aborted && !signal?.aborted) return []
    throw error
  }
}
