import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export type Compressor = 'gzip' | 'zstd' | 'igzip'

const commands: Record<Compressor, string[]> = {
  gzip: ['gzip', '-6', '-n'],
  zstd: ['zstd', '-3', '-q'],
  igzip: ['igzip', '-1', '-n'],
}

interface LayerFacts {
  mediaType: string
  digest: string
  size: number
  diffId: string
}

/** Writes an OCI image layout from streams of tar, compressing each as a layer; nothing is held in memory. */
export async function writeLayout(
  folder: string,
  layers: AsyncIterable<Readable>,
  compressor: Compressor,
): Promise<void> {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true })
  const facts: LayerFacts[] = []
  for await (const layer of layers) facts.push(await writeLayer(folder, layer, compressor))
  const config = writeJson(folder, {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: facts.map(layer => layer.diffId) },
    history: facts.map((_, index) => ({ created_by: `layer ${index}` })),
  })
  const manifest = writeJson(folder, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: facts.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
  })
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  const descriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest }
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [descriptor] }))
}

async function writeLayer(folder: string, tar: Readable, compressor: Compressor): Promise<LayerFacts> {
  const [command, ...args] = commands[compressor]
  const child = spawn(command!, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const plain = createHash('sha256')
  const stored = createHash('sha256')
  tar.on('data', piece => plain.update(piece))
  tar.pipe(child.stdin)
  const part = join(folder, 'blobs/part')
  const fd = openSync(part, 'w')
  let size = 0
  for await (const piece of child.stdout) {
    stored.update(piece)
    writeSync(fd, piece)
    size += piece.length
  }
  closeSync(fd)
  const hex = stored.digest('hex')
  renameSync(part, join(folder, 'blobs/sha256', hex))
  const mediaType = `application/vnd.oci.image.layer.v1.tar+${compressor === 'zstd' ? 'zstd' : 'gzip'}`
  return { mediaType, digest: `sha256:${hex}`, size, diffId: `sha256:${plain.digest('hex')}` }
}

function writeJson(folder: string, value: unknown): { digest: string; size: number } {
  const text = JSON.stringify(value)
  const hex = createHash('sha256').update(text).digest('hex')
  writeFileSync(join(folder, 'blobs/sha256', hex), text)
  return { digest: `sha256:${hex}`, size: Buffer.byteLength(text) }
}
