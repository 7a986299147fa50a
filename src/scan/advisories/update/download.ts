import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { JennerError } from '../../../base/errors.ts'
import { get } from './request.ts'

/** What is remembered of a fetched file, to ask the server whether it changed. */
export interface Validators {
  url?: string
  etag?: string
  lastModified?: string
  fetchedAt?: string
}

export interface DownloadOptions {
  /** Mirrors, tried in order. */
  urls: string[]
  to: string
  /** Of the file at `to`, from the last time. */
  known?: Validators
  maxBytes?: number
  /** Attempts per mirror. */
  attempts?: number
  /** Milliseconds without a byte. */
  idle?: number
  signal?: AbortSignal
  sleep?: (milliseconds: number) => Promise<void>
  random?: () => number
  now?: () => Date
}

export interface Downloaded {
  changed: boolean
  bytes: number
  validators: Validators
}

/** A fault that waiting may mend. */
class Passing extends Error {}

/**
 * Fetches one file: asks with the validators known, resumes a transfer that broke off, tries again with growing jittered pauses, then the next mirror.
 * What is at `to` changes only when the whole new file is there. A gzip-encoded answer is kept as gzip.
 * Throws JennerError feed_unreachable (with each mirror's reason), feed_empty, limit_exceeded.
 */
export async function download(options: DownloadOptions): Promise<Downloaded> {
  const { attempts = 3, sleep = pause, random = Math.random } = options
  const reasons: string[] = []
  for (const url of options.urls) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      options.signal?.throwIfAborted()
      try {
        return await tryOnce(url, options)
      } catch (error) {
        if (error instanceof JennerError && ['feed_empty', 'limit_exceeded', 'output_unwritable'].includes(error.code))
          throw error
        const message = error instanceof Error ? error.message : String(error)
        if (attempt === attempts || !(error instanceof Passing || isSilence(error))) {
          reasons.push(message)
          break
        }
        await sleep(500 * 2 ** (attempt - 1) * (0.5 + random()))
      }
    }
    rmSync(partOf(options), { force: true })
  }
  throw new JennerError('feed_unreachable', reasons.join('; '))
}

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))
const isSilence = (error: unknown) => error instanceof JennerError && error.cause !== undefined
const partOf = (options: DownloadOptions) => `${options.to}.part`

async function tryOnce(url: string, options: DownloadOptions): Promise<Downloaded> {
  const part = resumable.get(partOf(options))
  const have = part?.url === url && part.etag !== undefined ? sizeOf(partOf(options)) : 0
  const headers =
    have > 0 ? { ...encoding(options), range: `bytes=${have}-`, 'if-range': part!.etag! } : conditional(url, options)
  const { response } = await get(url, headers, { idle: options.idle ?? 30_000, redirects: 5 }, options.signal)
  const status = response.statusCode ?? 0
  if (status === 304) {
    response.destroy()
    return { changed: false, bytes: sizeOf(options.to), validators: { ...options.known } }
  }
  if (status === 416) {
    response.destroy()
    resumable.delete(partOf(options))
    throw new Passing(`${url}: cannot be resumed`)
  }
  if (status !== 200 && status !== 206) {
    response.destroy()
    if (status >= 500 || status === 429 || status === 408) throw new Passing(`${url}: status ${status}`)
    throw new JennerError('feed_unreachable', `${url}: status ${status}`)
  }
  const from = status === 206 ? have : 0
  if (from > 0 && !response.headers['content-range']?.startsWith(`bytes ${from}-`))
    throw new Passing(`${url}: resumes elsewhere than asked`)
  return await store(url, response, from, options)
}

function conditional(url: string, { known, to }: DownloadOptions): Record<string, string> {
  const headers = encoding({ to })
  if (known?.url !== url || sizeOf(to) === 0) return headers
  if (known.etag !== undefined) headers['if-none-match'] = known.etag
  if (known.lastModified !== undefined) headers['if-modified-since'] = known.lastModified
  return headers
}

/** What is packed already is not to be packed again. */
const encoding = ({ to }: Pick<DownloadOptions, 'to'>): Record<string, string> => ({
  'accept-encoding': /\.(?:zip|gz|zst|jdb|sha256)(?:\.new)?$/.test(to) ? 'identity' : 'gzip',
})

/** Unfinished transfers of this process: which answer their bytes belong to. */
const resumable = new Map<string, { url: string; etag: string | undefined }>()

async function store(
  url: string,
  response: IncomingMessage,
  from: number,
  options: DownloadOptions,
): Promise<Downloaded> {
  const part = partOf(options)
  const limit = options.maxBytes ?? 4 * 1024 ** 3
  const etag = strongTag(response.headers.etag)
  resumable.set(part, { url, etag })
  const announced = response.headers['content-length']
  if (announced !== undefined && from + Number(announced) > limit) {
    response.destroy()
    throw new JennerError('limit_exceeded', `${url}: ${announced} bytes`)
  }
  let total = from
  const file = createWriteStream(part, { flags: from > 0 ? 'a' : 'w' })
  const opened = new Promise<void>((resolve, reject) => file.once('open', () => resolve()).once('error', reject))
  try {
    await opened.catch(error => {
      throw new JennerError('output_unwritable', part, error)
    })
    for await (const chunk of response) {
      total += (chunk as Buffer).length
      if (total > limit) throw new JennerError('limit_exceeded', `${url}: more than ${limit} bytes`)
      if (!file.write(chunk)) await new Promise<void>(resolve => file.once('drain', () => resolve()))
    }
  } catch (error) {
    response.destroy()
    await closed(file)
    if (error instanceof JennerError) rmSync(part, { force: true })
    throw error instanceof JennerError ? error : new Passing(`${url}: broke off after ${total} bytes`)
  }
  await closed(file)
  if (announced !== undefined && total !== from + Number(announced))
    throw new Passing(`${url}: broke off after ${total} bytes`)
  resumable.delete(part)
  if (total === 0) throw new JennerError('feed_empty', url)
  renameSync(part, options.to)
  const validators: Validators = { url, fetchedAt: (options.now?.() ?? new Date()).toISOString() }
  if (response.headers.etag !== undefined) validators.etag = response.headers.etag
  if (response.headers['last-modified'] !== undefined) validators.lastModified = response.headers['last-modified']
  return { changed: true, bytes: total, validators }
}

/** Only a strong validator may join two halves (RFC 9110, section 13.1.5). */
const strongTag = (etag: string | undefined) => (etag?.startsWith('W/') ? undefined : etag)

function closed(file: NodeJS.WritableStream): Promise<void> {
  return new Promise(resolve => void file.end(() => resolve()))
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
