import { createHash } from 'node:crypto'
import { closeSync, createReadStream, existsSync, readSync, realpathSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import { MiB, withDefaults } from '../../../base/limits.ts'
import type { LayerReading, LayerVisitor, ReadLimits } from '../../../base/model/visitor.ts'
import { createTarReader, type TarReader } from '../tar/reader.ts'
import { openInside } from './tree.ts'

/**
 * Puts a layer's tar together again from what containers-storage keeps of it: a gzip of JSON lines (vbatts/tar-split), each either a piece of the tar as it was
 * (`type` 2, `payload` in base64: headers, padding) or a file of `size` bytes (`type` 1, `name`) whose content stands in the unpacked folder.
 * So the bytes are those that were pulled, to be compared with the diffID, whiteouts and all.
 */
export interface SplitLayer {
  /** `…/LAYER.tar-split.gz` */
  splitFile: string
  /** Where the layer is unpacked. */
  folder: string
  /** As the store states it. */
  diffId: string | undefined
  index: number
  signal?: AbortSignal
  onProgress?: (bytes: number) => void
}

const maxLine = 64 * MiB
const turnBytes = 16 * MiB
const piece = Buffer.allocUnsafeSlow(MiB)

/** Reads the layer as `readLayer` does; what is missing or altered is a problem. */
export async function readSplitLayer(
  layer: SplitLayer,
  visitor: LayerVisitor,
  limits?: Partial<ReadLimits>,
): Promise<LayerReading> {
  const problems: LayerReading['problems'] = []
  const bounds = withDefaults(limits)
  const tar = createTarReader({
    visitor,
    limits: bounds,
    problem: (code, path, detail) => problems.push({ path, code, detail }),
  })
  const folder = existsSync(layer.folder) ? realpathSync(layer.folder) : layer.folder
  const feeder = createFeeder({ ...layer, folder }, tar, problems, bounds)
  try {
    for await (const line of linesOf(layer.splitFile)) {
      feeder.entry(line)
      if (feeder.stopped || !(await feeder.turn())) break
    }
  } catch (error) {
    layer.signal?.throwIfAborted()
    problems.push({ path: nameOf(layer), code: 'unreadable', detail: (error as Error).message })
  }
  tar.end()
  const diffId = `sha256:${feeder.digest()}`
  if (problems.length === 0 && layer.diffId !== undefined && layer.diffId !== diffId)
    problems.push({ path: nameOf(layer), code: 'digest_mismatch', detail: `stated ${layer.diffId}, is ${diffId}` })
  return { diffId, bytes: feeder.bytes, entries: tar.entries, problems }
}

function nameOf({ diffId, index }: SplitLayer): string {
  return diffId ?? `layer ${index}`
}

function createFeeder(layer: SplitLayer, tar: TarReader, problems: LayerReading['problems'], limits: ReadLimits) {
  const hash = createHash('sha256')
  let bytes = 0
  let next = turnBytes
  let stopped = false
  const give = (data: Buffer): void => {
    hash.update(data)
    tar.feed(data)
    bytes += data.length
    if (bytes <= limits.maxLayerBytes && Date.now() <= limits.deadline && !tar.failed) return
    stopped = true
    if (bytes > limits.maxLayerBytes)
      problems.push({ path: '', code: 'too_large', detail: `more than ${limits.maxLayerBytes} bytes` })
    else if (!tar.failed) problems.push({ path: '', code: 'timed_out', detail: `after ${bytes} bytes` })
  }
  const file = (name: string, size: number): void => {
    const fault = giveFile(layer.folder, name, size, give, () => stopped)
    if (fault !== undefined) problems.push({ path: name, code: 'unreadable', detail: fault })
  }
  return {
    get bytes() {
      return bytes
    },
    get stopped() {
      return stopped
    },
    digest: () => hash.digest('hex'),
    entry(line: string): void {
      const { type, payload, name, name_raw: raw, size } = JSON.parse(line) as Record<string, unknown>
      if (type === 2 && typeof payload === 'string') return give(Buffer.from(payload, 'base64'))
      if (type !== 1 || typeof size !== 'number' || !(size > 0)) return
      if (typeof raw === 'string') file(Buffer.from(raw, 'base64').toString('utf8'), size)
      else if (typeof name === 'string') file(name, size)
    },
    async turn(): Promise<boolean> {
      if (bytes < next) return true
      next = bytes + turnBytes
      layer.onProgress?.(bytes)
      await new Promise(setImmediate)
      layer.signal?.throwIfAborted()
      return !stopped
    },
  }
}

/** Gives exactly `size` bytes: those of the file, zeros for what is not there any more, so that the rest of the archive stays readable. Says what was wrong. */
function giveFile(
  folder: string,
  name: string,
  size: number,
  give: (data: Buffer) => void,
  stopped: () => boolean,
): string | undefined {
  let left = size
  let fault: string | undefined
  const opened = openQuietly(folder, name)
  if (typeof opened === 'string') fault = opened
  else {
    while (left > 0 && !stopped()) {
      const read = readSync(opened.fd, piece, 0, Math.min(piece.length, left), size - left)
      if (read === 0) break
      give(piece.subarray(0, read))
      left -= read
    }
    closeSync(opened.fd)
    if (left > 0) fault = `${left} of ${size} bytes are missing`
  }
  while (left > 0 && !stopped()) {
    const length = Math.min(piece.length, left)
    give(piece.fill(0, 0, length).subarray(0, length))
    left -= length
  }
  return fault
}

function openQuietly(folder: string, name: string): { fd: number } | string {
  try {
    return openInside(folder, name.replace(/^(?:\.?\/)+/, '')) ?? 'not in the store any more'
  } catch (error) {
    return error instanceof JennerError ? String((error.cause as Error)?.message ?? error.detail) : String(error)
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const stream = file.endsWith('.gz') ? input.pipe(createGunzip()) : input
  input.on('error', error => stream.destroy(error))
  let rest = ''
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop()!
    if (rest.length > maxLine) throw new JennerError('limit_exceeded', `${file}: a line beyond ${maxLine} bytes`)
    for (const line of lines) if (line !== '') yield Buffer.from(line, 'latin1').toString('utf8')
  }
  if (rest !== '') yield Buffer.from(rest, 'latin1').toString('utf8')
}
