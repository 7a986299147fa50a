import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import type { Scanner } from '../../src/base/model/content.ts'
import type { Inventory } from '../../src/base/model/inventory.ts'
import { runInspection } from '../../src/scan/inspect/run.ts'
import { writeLayout } from './oci-image.ts'

/** Counts what one process reads of each layer, and hashes of each file. Counted at Node itself, below all of our code. */
const folder = fs.mkdtempSync(join(tmpdir(), 'jenner-one-pass-'))
after(() => fs.rmSync(folder, { recursive: true, force: true }))
const image = join(folder, 'image')
const rules = join(folder, 'rules')
const all: Scanner[] = ['vuln', 'secret', 'malware', 'license']

/** In two parts, so that this file holds no secret. */
const secret = ['glpat', 'Zx9Kq2LmN4pRs7TvWy3b'].join('-')
const infected = `#!/bin/sh\necho ${'harmless '.repeat(500)}\n`
const files: Record<string, string>[] = [
  {
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
    'var/lib/dpkg/status': 'Package: a\nStatus: install ok installed\nVersion: 1.0-1\nArchitecture: amd64\n\n',
    'srv/a/LICENSE': fs.readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8'),
  },
  { 'srv/.env': `GITLAB_TOKEN=${secret}\n`, 'srv/run.sh': infected },
  { 'srv/node_modules/b/package.json': JSON.stringify({ name: 'b', version: '1.0.0' }) },
]
const { createHash } = crypto
const digest = (algorithm: string, data: string): string => createHash(algorithm).update(data).digest('hex')
writeLayout(image, [
  { layers: files.map((content, at) => ({ compression: at === 1 ? 'zstd' : 'gzip', files: content })) },
])
fs.mkdirSync(rules)
fs.writeFileSync(join(rules, 'hashes.txt'), `${digest('md5', 'x')} other\n${digest('sha256', infected)} planted\n`)
fs.writeFileSync(join(rules, 'more.sha1'), `${digest('sha1', infected)} planted too\n`)

/** All blobs but the documents. */
const blobFolder = join(image, 'blobs/sha256')
const layers = fs
  .readdirSync(blobFolder)
  .map(name => ({ name, bytes: fs.readFileSync(join(blobFolder, name)) }))
  .filter(({ bytes }) => bytes[0] !== 0x7b)
  .map(({ name, bytes }) => ({ name, size: bytes.length }))

const { readSync } = fs
afterEach(() => {
  Object.assign(fs, { readSync })
  Object.assign(crypto, { createHash })
  syncBuiltinESMExports()
})

interface Counts {
  /** Of stored bytes, by the blob's file name. */
  read: Map<string, number>
  /** By algorithm and digest. */
  hashed: Map<string, number>
  inventory: Inventory
}

async function inspected(scanners: Scanner[], cacheDir: string): Promise<Counts> {
  const counts = { read: new Map<string, number>(), hashed: new Map<string, number>() }
  const add = (map: Map<string, number>, key: string, count: number): unknown =>
    map.set(key, (map.get(key) ?? 0) + count)
  Object.assign(fs, {
    readSync(fd: number, ...rest: [NodeJS.ArrayBufferView, number, number, number]) {
      const count = readSync(fd, ...rest)
      add(counts.read, basename(fs.readlinkSync(`/proc/self/fd/${fd}`)), count)
      return count
    },
  })
  Object.assign(crypto, {
    createHash(algorithm: string) {
      const hash = createHash(algorithm)
      const finish = hash.digest.bind(hash)
      hash.digest = ((encoding: crypto.BinaryToTextEncoding) => {
        const result = finish(encoding)
        add(counts.hashed, `${algorithm} ${result}`, 1)
        return result
      }) as typeof hash.digest
      return hash
    },
  })
  syncBuiltinESMExports()
  const request = { target: { kind: 'archive', name: image }, scanners, malwareRules: [rules], cacheDir } as const
  return { ...counts, inventory: await runInspection({ ...request, malwareRules: [rules] }) }
}

/** The first bytes are looked at apart, to tell what compresses them. */
const sniffed = 64
const skip = process.platform === 'linux' ? false : 'needs /proc'

test('all scanners together: the stored bytes of each layer are read once, each file is hashed once', {
  skip,
}, async () => {
  const { read, hashed, inventory } = await inspected(all, join(folder, 'cold'))
  assert.equal(layers.length, files.length)
  for (const { name, size } of layers) {
    const count = read.get(name) ?? 0
    assert.ok(count >= size && count <= size + sniffed, `${count} of ${size} bytes`)
  }
  for (const algorithm of ['md5', 'sha1', 'sha256'])
    assert.equal(hashed.get(`${algorithm} ${digest(algorithm, infected)}`), 1, algorithm)
  assert.deepEqual(inventory.packages.map(({ name }) => name).sort(), ['a', 'b'])
  assert.deepEqual(
    inventory.secrets?.map(({ path }) => path),
    ['srv/.env'],
  )
  assert.deepEqual([...new Set(inventory.malware?.map(({ path }) => path))], ['srv/run.sh'])
  assert.ok(inventory.licenseFiles?.some(({ path }) => path === 'srv/a/LICENSE'))
})

test('scanners that are added read each layer once more; all again read nothing', {
  skip,
}, async () => {
  const cache = join(folder, 'grown')
  await inspected(['vuln'], cache)
  // What was written less than a moment ago is not trusted yet.
  await new Promise(resolve => setTimeout(resolve, 200))
  await inspected(['vuln'], cache)
  const more = await inspected(all, cache)
  for (const { name, size } of layers) assert.ok((more.read.get(name) ?? 0) <= size + sniffed)
  const again = await inspected(all, cache)
  assert.deepEqual(
    layers.map(({ name }) => (again.read.get(name) ?? 0) > sniffed),
    files.map(() => false),
  )
  assert.deepEqual(again.inventory.malware, more.inventory.malware)
})
