import { realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import { itemsAt, parseJson, stringAt } from '../base/json.ts'
import { get } from './advisories/update/request.ts'
import type { DecisionFile } from './advisories/vex/decision.ts'
import { readVexDocument } from './advisories/vex/read.ts'
import type { ScanTarget } from './options.ts'

/** Of one answer from the network. */
const maxBytes = 64 * 1024 * 1024
/** Short statements take up to ten times the memory of their text, and stay until the end. */
const share = 32
const defaultMemory = 1024 ** 3
const maxDocuments = 20_000
const maxPiped = 128 * 1024 * 1024
const idle = 30_000

export interface VexContext {
  target?: ScanTarget
  offline?: boolean
  signal?: AbortSignal
  /** Bytes that the scan may hold; one in 32 of them may be of VEX. Default 1 GiB. */
  maxMemory?: number
}

/** Reads sources one by one as `readVexSource` says, as long as all of them together fit. */
export function createVexReader(context: VexContext): (word: string) => Promise<DecisionFile[]> {
  const room = roomOf(context)
  return word => readVexSource(word, context, room)
}

interface Room {
  left: number
  most: number
}

function roomOf({ maxMemory = defaultMemory }: VexContext): Room {
  const most = Math.floor(maxMemory / share)
  return { left: most, most }
}

/**
 * VEX from where the user says: a file, an http(s) address, `repo:DIR` (a VEX repository: `index.json` with `packages[]: { id, location }`), or `sbom`, which is the scanned SBOM's
 * own `vulnerabilities[].analysis`. Throws JennerError bad_argument (not there), usage (an address with --offline, `sbom` of something else), feed_unreachable, limit_exceeded.
 * A document that there is no room for is a problem of its file.
 */
async function readVexSource(word: string, context: VexContext, room: Room): Promise<DecisionFile[]> {
  if (/^https?:\/\//i.test(word)) return [readVexDocument(word, await fetchText(word, context))]
  if (word.startsWith('repo:')) return readRepository(word.slice('repo:'.length), room)
  if (word !== 'sbom') return [readWhere(word, room)]
  if (context.target?.kind !== 'sbom' || context.target.name === '-') throw new JennerError('usage', '--vex sbom')
  return [readWhere(context.target.name, room)]
}

/** A document of the file system, or why there is none. Throws JennerError bad_argument where there is no file. */
function readWhere(path: string, room: Room): DecisionFile {
  const size = sizeOf(path)
  if (size > room.left) {
    const detail = `${mebibytes(size)} MiB of VEX; ${mebibytes(room.most)} MiB may be read in all, one in ${share} of --max-memory`
    return { decisions: [], problems: [{ source: path, code: 'too_large', detail }] }
  }
  room.left -= size
  return readVexDocument(path, readText(path))
}

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2)

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch (cause) {
    throw new JennerError('bad_argument', path, cause)
  }
}

function readText(path: string): string {
  try {
    // What is a file was measured before; a device or a pipe tells no size.
    return readBoundedText(path, Math.max(statSync(path).size, maxPiped))
  } catch (cause) {
    throw new JennerError('bad_argument', path, cause)
  }
}

async function fetchText(url: string, { offline, signal }: VexContext): Promise<string> {
  if (offline) throw new JennerError('usage', `--offline --vex ${url}`)
  const { response, url: from } = await get(url, { 'accept-encoding': 'identity' }, { idle, redirects: 5 }, signal)
  if (response.statusCode !== 200) {
    response.destroy()
    throw new JennerError('feed_unreachable', `${from}: status ${response.statusCode}`)
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response) {
    length += (part as Uint8Array).length
    if (length > maxBytes) {
      response.destroy()
      throw new JennerError('limit_exceeded', `${from}: more than ${maxBytes} bytes`)
    }
    parts.push(part as Uint8Array)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Every document that the index names. A location that leaves the folder is a problem, not a file. */
function readRepository(folder: string, room: Room): DecisionFile[] {
  const index = join(folder, 'index.json')
  const document = parseIndex(index)
  const root = realpathSync(folder) + sep
  const locations = itemsAt(document, 'packages').flatMap(item => stringAt(item, 'location') ?? [])
  const files: DecisionFile[] = []
  for (const location of [...new Set(locations)].slice(0, maxDocuments)) {
    const path = join(folder, location)
    try {
      if (!realpathSync(path).startsWith(root)) throw new JennerError('malformed', 'outside the repository')
      const file = readWhere(path, room)
      files.push(file)
      if (file.problems.some(({ code }) => code === 'too_large')) break
    } catch (error) {
      const outside = error instanceof JennerError && error.code === 'malformed'
      const detail = outside ? error.detail : 'not there'
      files.push({ decisions: [], problems: [{ source: `${index}: ${location}`, detail }] })
    }
  }
  return files
}

function parseIndex(path: string): unknown {
  const text = readText(path)
  try {
    return parseJson(text)
  } catch (cause) {
    throw new JennerError('bad_argument', path, cause)
  }
}
