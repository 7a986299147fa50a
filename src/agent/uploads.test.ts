import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { JennerError } from '../base/errors.ts'
import type { EvidenceOffer } from '../server/schemas/evidence.ts'
import type { Api } from './api.ts'
import { createUploads, type Upload } from './uploads.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-uploads-'))
after(() => rmSync(base, { recursive: true, force: true }))

const content = Buffer.from('evidence of what happened'.repeat(100))

/** A server that keeps what comes, and fails when it is told to. */
function fakeServer() {
  const parts: Buffer[] = []
  const offers: EvidenceOffer[] = []
  let size = Number.POSITIVE_INFINITY
  const server = {
    fail: [] as (Error | undefined)[],
    offers,
    bytes: () => Buffer.concat(parts),
  }
  const answer = () => {
    const received = server.bytes().length
    return { id: 'e1', received, whole: received >= size }
  }
  const perhaps = (): void => {
    const error = server.fail.shift()
    if (error) throw error
  }
  const api: Api = {
    get: async () => undefined,
    async post(path, body) {
      assert.equal(path, '/agent/evidence')
      perhaps()
      offers.push(body as EvidenceOffer)
      size = (body as EvidenceOffer).size
      return answer()
    },
    async put(path, bytes) {
      perhaps()
      assert.equal(path, `/agent/evidence/e1?offset=${server.bytes().length}`)
      parts.push(Buffer.from(bytes))
      return answer()
    },
  }
  return { server, api }
}

function place(name: string): { folder: string; file: string; upload: Omit<Upload, 'sha256'> } {
  const folder = join(base, name)
  const file = join(base, `${name}.tar`)
  writeFileSync(file, content)
  const upload = {
    file,
    key: 'k1',
    actionId: 'a1',
    incident: 'i1',
    containerId: 'c1',
    container: 'shop',
    madeBy: 'playbook:p',
    createdAt: '2026-01-02T00:00:00.000Z',
  }
  return { folder, file, upload }
}

async function until(holds: () => boolean): Promise<void> {
  for (let left = 500; !holds() && left > 0; left--) await new Promise(resolve => setTimeout(resolve, 10))
  assert.ok(holds(), 'not in time')
}

const unreachable = new JennerError('server_unreachable', 'socket')

test('a file goes over in pieces, on after failures, and is taken away here once it is there', async () => {
  const { server, api } = fakeServer()
  const { folder, file, upload } = place('pieces')
  server.fail = [unreachable, undefined, undefined, unreachable]
  const uploads = createUploads({ api, hostId: 'h1', folder, say: () => {}, piece: 700, patience: 5 })
  uploads.add(upload)
  await until(() => uploads.waiting() === 0)
  uploads.stop()
  assert.ok(server.bytes().equals(content))
  assert.ok(!existsSync(file))
  const { sha256, name, size, hostId } = server.offers[0]!
  assert.deepEqual(
    [sha256, name, size, hostId],
    [createHash('sha256').update(content).digest('hex'), 'pieces.tar', content.length, 'h1'],
  )
})

test('what was not handed over is by the next process; its hash stays what it was first', async () => {
  const { folder, file, upload } = place('later')
  const away = fakeServer()
  away.server.fail = Array.from({ length: 1000 }, () => unreachable)
  const first = createUploads({ api: away.api, hostId: 'h1', folder, say: () => {}, patience: 5 })
  first.add(upload)
  await until(() => away.server.fail.length < 999)
  first.stop()
  assert.ok(existsSync(file))
  writeFileSync(file, Buffer.from(content).fill(1, 0, 10))
  const { server, api } = fakeServer()
  const second = createUploads({ api, hostId: 'h1', folder, say: () => {}, patience: 5 })
  await until(() => second.waiting() === 0)
  second.stop()
  assert.equal(server.offers[0]!.sha256, createHash('sha256').update(content).digest('hex'))
})

test('a file that is refused stays here and is not offered again; one that is gone is said', async () => {
  const { server, api } = fakeServer()
  const { folder, file, upload } = place('refused')
  const said: string[] = []
  server.fail = [new JennerError('server_refused', 'HTTP 413: limit_exceeded', { status: 413 })]
  const uploads = createUploads({ api, hostId: 'h1', folder, say: line => said.push(line), patience: 5 })
  uploads.add(upload)
  await until(() => uploads.waiting() === 0)
  assert.ok(existsSync(file))
  assert.deepEqual(readdirSync(folder), ['k1.json.refused'])
  uploads.add({ ...upload, key: 'k2', file: `${file}.none` })
  await until(() => uploads.waiting() === 0)
  uploads.stop()
  assert.match(said.join('\n'), /HTTP 413[\s\S]*is gone/)
})
