import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { address, base, elfOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { nativeImage } from './native-image.ts'

const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [
    {
      type: 'library',
      group: 'io.netty',
      name: 'netty-common',
      version: '4.1.100.Final',
      purl: 'pkg:maven/io.netty/netty-common@4.1.100.Final',
    },
    { type: 'library', group: 'org.x', name: 'y', version: '1', purl: 'pkg:maven/org.x/y@1' },
  ],
}

/** What GraalVM writes, its sections in the order of `elfOf`: symbols, their names, the length, the packed document. */
function image(body: Buffer, over: { length?: number; names?: string; little?: boolean } = {}): Buffer {
  const { names = '\0sbom_length\0sbom\0other\0', little = true } = over
  const strings = Buffer.from(names.padEnd(32, '\0'), 'latin1')
  const symbols = Buffer.alloc(96)
  const view = new DataView(symbols.buffer, symbols.byteOffset)
  const [lengthAt, bodyAt] = [base + 96 + 32, base + 96 + 32 + 16]
  for (const [index, name, at] of [
    [1, 1, lengthAt],
    [2, 13, bodyAt],
  ] as const) {
    view.setUint32(index * 24, name, little)
    view.setBigUint64(index * 24 + 8, BigInt(address + at), little)
  }
  const length = Buffer.alloc(16)
  new DataView(length.buffer, length.byteOffset).setBigUint64(0, BigInt(over.length ?? body.length), little)
  return elfOf({ '.dynsym': symbols, '.dynstr': strings, '.data': length, '.svm_heap': body }, { little })
}

const found = (bytes: Buffer) =>
  nativeImage
    .parse(memoryFile({ path: 'app/server', size: bytes.length, mode: 0o755 }, bytes))
    ?.map(({ name, version, type }) => `${type} ${name} ${version}`)

const packed = gzipSync(JSON.stringify(document))
const all = ['maven io.netty:netty-common 4.1.100.Final', 'maven org.x:y 1']
const images: [what: string, bytes: Buffer, expected: string[] | undefined][] = [
  ['little endian', image(packed), all],
  ['big endian', image(packed, { little: false }), all],
  ['symbols of other names', image(packed, { names: '\0some_length\0some\0other\0' }), undefined],
  ['names that end alike', image(packed, { names: '\0xbom_lengthx\0bom\0sbom_lengt' }), undefined],
  ['no symbols', elfOf({ '.text': Buffer.alloc(2048) }), undefined],
]
for (const [what, bytes, expected] of images)
  test(`a native image: ${what}`, () => assert.deepEqual(found(bytes), expected))

const broken: [what: string, bytes: Buffer, code: string][] = [
  ['no gzip', image(Buffer.alloc(64, 1)), 'malformed'],
  ['cut off', image(packed.subarray(0, 40)), 'malformed'],
  ['a length beyond all measure', image(packed, { length: 2 ** 40 }), 'limit_exceeded'],
  ['no SBOM', image(gzipSync('{}')), 'malformed'],
]
for (const [what, bytes, code] of broken)
  test(`a native image whose SBOM is broken is told: ${what}`, () => assert.throws(() => found(bytes), { code }))
