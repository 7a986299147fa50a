import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { JennerError } from '../base/errors.ts'
import { itemsAt, parseJson, stringAt } from '../base/json.ts'
import { get } from './advisories/update/request.ts'
import type { DecisionFile } from './advisories/vex/decision.ts'
import { readVexDocument } from './advisories/vex/read.ts'
import type { ScanTarget } from './options.ts'

const maxBytes = 64 * 1024 * 1024
const maxDocuments = 20_000
const idle = 30_000

export interface VexContext {
  target?: ScanTarget
  offline?: boolean
  signal?: AbortSignal
}

/**
 * VEX from where the user says: a file, an http(s) address, `repo:DIR` (a VEX repository: `index.json` with `packages[]: { id, location }`), or `sbom`, which is the scanned SBOM's
 * own `vulnerabilities[].analysis`. Throws JennerError bad_argument (not there), usage (an address with --offline, `sbom` of something else), feed_unreachable, limit_exceeded.
 */
export async function readVexSource(word: string, context: VexContext = {}): Promise<DecisionFile[]> {
  if (/^https?:\/\//i.test(word)) return [readVexDocument(word, await fetchText(word, context))]
  if (word.startsWith('repo:')) return readRepository(word.slice('repo:'.length))
  if (word !== 'sbom') return [readVexDocument(word, readText(word))]
  if (context.target?.kind !== 'sbom' || context.target.name === '-') throw new JennerError('usage', '--vex sbom')
  return [readVexDocument(context.target.name, readText(context.target.name))]
}

/** The VEX documents that an SBOM names (CycloneDX `externalReferences` of type exploitability-statement or vulnerability-assertion). They are told, not fetched: the SBOM is foreign. */
export function referencedVex(target: ScanTarget | undefined, given: readonly string[]): DecisionFile[] {
  if (target?.kind !== 'sbom' || target.name === '-') return []
  let document: unknown
  try {
    if (statSync(target.name).size > maxBytes) return []
    document = parseJson(readFileSync(target.name, 'utf8'))
  } catch {
    return []
  }
  const urls = itemsAt(document, 'externalReferences').flatMap(reference =>
    /^(?:exploitability-statement|vulnerability-assertion)$/.test(stringAt(reference, 'type') ?? '')
      ? (stringAt(reference, 'url') ?? [])
      : [],
  )
  const warnings = [...new Set(urls)]
    .filter(url => !given.includes(url))
    .slice(0, 20)
    .map(url => ({ code: 'referenced' as const, source: target.name, detail: url }))
  return warnings.length === 0 ? [] : [{ decisions: [], problems: [], warnings }]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
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
function readRepository(folder: string): DecisionFile[] {
  const index = join(folder, 'index.json')
  const document = parseIndex(index)
  const root = realpathSync(folder) + sep
  const locations = itemsAt(document, 'packages').flatMap(item => stringAt(item, 'location') ?? [])
  const files: DecisionFile[] = []
  let bytes = 0
  for (const location of [...new Set(locations)].slice(0, maxDocuments)) {
    const path = join(folder, location)
    try {
      if (!realpathSync(path).startsWith(root)) throw new JennerError('malformed', 'outside the repository')
      bytes += statSync(path).size
      if (bytes > 4 * maxBytes) throw new JennerError('limit_exceeded', 'the documents are too large together')
      files.push(readVexDocument(path, readText(path)))
    } catch (error) {
      const detail = error instanceof JennerError ? error.detail : 'not there'
      files.push({ decisions: [], problems: [{ source: `${index}: ${location}`, detail }] })
      if (error instanceof JennerError && error.code === 'limit_exceeded') break
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
