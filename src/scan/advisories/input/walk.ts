import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import type { FeedFile } from '../feeds/feed.ts'
import { bufferSource, fileSource, type Source } from './bytes.ts'
import { inputLimits } from './limits.ts'
import { unpacked } from './source.ts'
import { isTar, tarEntries } from './tar.ts'
import { zipEntries } from './zip.ts'

export type WalkItem = { file: FeedFile } | { path: string; problem: string }

/** Every file below `root` (or `root` itself), archives and compressed files unpacked, in sorted order. Links are not followed. Never throws: what cannot be read is a problem. */
export async function* walkFiles(root: string): AsyncGenerator<WalkItem> {
  let paths: string[]
  try {
    paths = statSync(root).isDirectory() ? listFiles(root) : [root]
  } catch (error) {
    yield { path: root, problem: messageOf(error) }
    return
  }
  for (const path of paths) {
    let source: Source | undefined
    try {
      source = fileSource(path)
      yield* unpack(path, source, 0)
    } catch (error) {
      yield { path, problem: messageOf(error) }
    } finally {
      source?.close()
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function listFiles(root: string): string[] {
  const files: string[] = []
  const visit = (directory: string) => {
    const entries: Dirent[] = readdirSync(directory, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && entry.name !== '.git') visit(join(directory, entry.name))
      else if (entry.isFile()) files.push(join(directory, entry.name))
    }
  }
  visit(root)
  return files
}

async function* unpack(path: string, source: Source, depth: number): AsyncGenerator<WalkItem> {
  if (depth > inputLimits.maxDepth) throw new JennerError('limit_exceeded', 'archives within archives')
  const magic = source.read(0, 4)
  if (magic[0] === 0x50 && magic[1] === 0x4b && (magic[2] === 3 || magic[2] === 5)) {
    for (const entry of zipEntries(source)) yield* guarded(`${path}!${entry.name}`, () => entry.bytes(), depth)
    return
  }
  const { bytes, whole } = await beginning(source)
  if (isTar(bytes)) {
    for await (const entry of tarEntries(unpacked(source)))
      yield* guarded(`${path}!${entry.name}`, () => entry.bytes, depth)
  } else if (whole && isArchive(bytes)) yield* unpack(path, bufferSource(bytes), depth + 1)
  else yield { file: feedFile(path, bytes, whole, () => unpacked(source)) }
}

async function* guarded(path: string, bytes: () => Uint8Array, depth: number): AsyncGenerator<WalkItem> {
  try {
    yield* unpack(path, bufferSource(bytes()), depth + 1)
  } catch (error) {
    yield { path, problem: messageOf(error) }
  }
}

const isArchive = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3

/** As much from the start as may be held, and whether that is all. */
async function beginning(source: Source): Promise<{ bytes: Buffer; whole: boolean }> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of unpacked(source)) {
    parts.push(chunk)
    length += chunk.length
    if (length > inputLimits.maxHeld) return { bytes: Buffer.concat(parts), whole: false }
  }
  return { bytes: Buffer.concat(parts), whole: true }
}

/** A feed file over bytes that are held (`whole`) or can be streamed again. */
export function feedFile(
  path: string,
  bytes: Uint8Array,
  whole: boolean,
  again: () => AsyncIterable<Uint8Array>,
): FeedFile {
  const head = decode(bytes.subarray(0, inputLimits.headLength))
  let document: { value: unknown } | undefined
  const text = () => {
    if (!whole) throw new JennerError('limit_exceeded', `larger than ${inputLimits.maxHeld} bytes`)
    return decode(bytes)
  }
  return {
    path,
    head,
    text,
    json() {
      document ??= {
        value:
          whole && bytes.length <= inputLimits.maxDocument && /^[\s\uFEFF]*[[{]/.test(head)
            ? tryParse(text())
            : undefined,
      }
      return document.value
    },
    chunks: whole ? () => once(bytes) : again,
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
