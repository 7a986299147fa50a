import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressors, tarOf } from '../../src/scan/image/testing.ts'

export interface LayoutImage {
  architecture?: string
  layers: { compression: keyof typeof compressors; files: Record<string, string> }[]
}

/** Writes an OCI layout with an image per entry of `images`, under an index when there are several. Tagged `v1`. */
export function writeLayout(folder: string, images: LayoutImage[]): void {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true })
  const put = (data: Buffer | string): { digest: string; size: number } => {
    const bytes = Buffer.from(data)
    const hex = createHash('sha256').update(bytes).digest('hex')
    writeFileSync(join(folder, 'blobs/sha256', hex), bytes)
    return { digest: `sha256:${hex}`, size: bytes.length }
  }
  const manifests = images.map(image => manifestOf(image, put))
  const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests }
  const first = manifests.length === 1 ? manifests[0]! : { mediaType: index.mediaType, ...put(JSON.stringify(index)) }
  const named = { ...first, annotations: { 'org.opencontainers.image.ref.name': 'v1' } }
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named] }))
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
}

function manifestOf({ architecture = 'amd64', layers }: LayoutImage, put: (data: Buffer | string) => object): object {
  const tars = layers.map(({ files }) => tarOf(Object.entries(files).map(([name, data]) => ({ name, data }))))
  const stored = layers.map(({ compression }, index) => ({
    mediaType: `application/vnd.oci.image.layer.v1.tar${compression === 'plain' ? '' : `+${compression}`}`,
    ...put(compressors[compression](tars[index]!)),
  }))
  const diffIds = tars.map(tar => `sha256:${createHash('sha256').update(tar).digest('hex')}`)
  const config = { architecture, os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: diffIds } }
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...put(JSON.stringify(config)) },
    layers: stored,
  }
  return { mediaType: manifest.mediaType, ...put(JSON.stringify(manifest)), platform: { os: 'linux', architecture } }
}

/** A Debian image with one package that the starter data know as vulnerable, a Node package, and files of every compression. */
export const sampleLayers: LayoutImage['layers'] = [
  {
    compression: 'gzip',
    files: {
      'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n',
      'var/lib/dpkg/status':
        'Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl\nVersion: 3.0.11-1~deb12u1\nMaintainer: x\n\n',
    },
  },
  { compression: 'zstd', files: { 'app/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.20"}' } },
  { compression: 'plain', files: { 'app/readme': 'x'.repeat(5000) } },
]
