import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import type { DatabaseInfo } from '../../../base/model/advisory.ts'
import { applyDelta } from '../delta/apply.ts'
import { type DownloadOptions, download } from './download.ts'
import { refuseShrinking } from './shrink.ts'
import { infoOf, lastGood } from './update.ts'
import { verifyDatabase } from './verify.ts'

export interface PrebuiltOptions {
  /** Where the database is to be had: addresses in order of preference, or paths of files. `FROM.sha256` beside each holds its checksum; `FROM.delta`, where there is one, what changed since the one before. */
  from: string[]
  to: string
  allowShrink?: string[]
  /** Take one that is older than what is here. */
  allowOlder?: boolean
  offline?: boolean
  signal?: AbortSignal
  network?: Pick<DownloadOptions, 'sleep' | 'random' | 'idle' | 'attempts' | 'now' | 'maxBytes'>
}

export interface Taken {
  info: DatabaseInfo
  from: string
  /** Whether the whole file was fetched, or only what changed since the one that is here, or nothing had. */
  how: 'whole' | 'delta' | 'unchanged'
}

/**
 * Takes a database that someone else built: checked against its checksum file, read through, not poorer and not older than the last one, then swapped in.
 * Throws JennerError feed_unreachable, digest_mismatch, database_corrupt, feed_empty, feed_shrank, feed_older, usage (offline and no file).
 */
export async function takePrebuilt(options: PrebuiltOptions): Promise<Taken> {
  mkdirSync(dirname(options.to), { recursive: true })
  const reasons: string[] = []
  for (const from of options.from) {
    try {
      return { ...(await takeOne(from, options)), from }
    } catch (error) {
      if (
        !(error instanceof JennerError) ||
        !['feed_unreachable', 'digest_mismatch', 'database_corrupt'].includes(error.code)
      )
        throw error
      if (options.from.length === 1) throw error
      reasons.push(`${from}: ${error.message}`)
    }
  }
  throw new JennerError('feed_unreachable', reasons.join('; '))
}

async function takeOne(from: string, options: PrebuiltOptions): Promise<Omit<Taken, 'from'>> {
  const fresh = `${options.to}.new`
  const sums = `${fresh}.sha256`
  try {
    await fetchTo(`${from}.sha256`, sums, options)
    const expected = /^([0-9a-f]{64})\b/i.exec(readFileSync(sums, 'utf8').trim())?.[1]?.toLowerCase()
    if (expected === undefined) throw new JennerError('digest_mismatch', from)
    const last = lastGood(options.to)
    if (last !== undefined && sha256(options.to) === expected) return { info: last, how: 'unchanged' }
    const how = last !== undefined && (await byDelta(from, expected, fresh, options)) ? 'delta' : 'whole'
    if (how === 'whole') await fetchTo(from, fresh, options)
    if (expected !== sha256(fresh)) throw new JennerError('digest_mismatch', from)
    verifyDatabase(fresh)
    const info = infoOf(fresh)
    if (last !== undefined) {
      if (info.builtAt < last.builtAt && !options.allowOlder)
        throw new JennerError('feed_older', `${info.builtAt} < ${last.builtAt}`)
      refuseShrinking(last, info, options.allowShrink ?? [])
    }
    renameSync(fresh, options.to)
    return { info, how }
  } finally {
    rmSync(fresh, { force: true })
    rmSync(sums, { force: true })
  }
}

/** Whether a delta made, of the database that is here, the one with the checksum expected. There need be none, and it may be for another database: then the whole file is fetched. */
async function byDelta(from: string, expected: string, fresh: string, options: PrebuiltOptions): Promise<boolean> {
  const delta = `${fresh}.delta`
  try {
    await fetchTo(`${from}.delta`, delta, { ...options, network: { ...options.network, attempts: 1 } })
    await applyDelta(options.to, delta, fresh)
    return sha256(fresh) === expected
  } catch (error) {
    if (error instanceof JennerError && passedOver.has(error.code)) return false
    throw error
  } finally {
    rmSync(delta, { force: true })
  }
}

const passedOver = new Set(['feed_unreachable', 'feed_empty', 'delta_unusable', 'unsupported', 'limit_exceeded'])

async function fetchTo(from: string, to: string, options: PrebuiltOptions): Promise<void> {
  if (!/^https?:\/\//i.test(from)) {
    if (!existsSync(from)) throw new JennerError('feed_unreachable', from)
    copyFileSync(from, to)
    return
  }
  if (options.offline) throw new JennerError('usage', '--offline')
  await download({ urls: [from], to, ...(options.signal ? { signal: options.signal } : {}), ...options.network })
}

function sha256(path: string): string {
  const hash = createHash('sha256')
  const fd = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(1024 * 1024)
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) hash.update(buffer.subarray(0, got))
  } finally {
    closeSync(fd)
  }
  return hash.digest('hex')
}
