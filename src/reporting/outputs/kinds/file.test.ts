import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { hostileNotice, tools } from '../receiver.test-helper.ts'
import { fileKind } from './file.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-file-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const kind = fileKind(join(folder, 'outputs'))

test('a line of JSON for each; a line that was cut off does not take the next with it; a full file moves aside', async () => {
  const path = join(folder, 'outputs', 'a.jsonl')
  await kind.open({ name: 'a.jsonl' }, tools).send([hostileNotice(), hostileNotice({ id: '2' })])
  writeFileSync(path, '{"id":"cut', { flag: 'a' })
  await kind.open({ name: 'a.jsonl' }, tools).send([hostileNotice({ id: '3' })])
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  assert.equal(lines.length, 4)
  assert.deepEqual([JSON.parse(lines[0]!).title, JSON.parse(lines[3]!).id], [hostileNotice().title, '3'])
  assert.equal(statSync(path).mode & 0o007, 0)
  await kind.open({ name: 'a.jsonl', megabytes: 0 }, tools).send([hostileNotice()])
  assert.ok(existsSync(`${path}.1`))
  assert.equal(readFileSync(path, 'utf8').split('\n').length, 2)
})

for (const name of ['../jenner.db', '/etc/passwd', 'a/b', '.hidden', 'a\0b', ''])
  test(`never written: ${JSON.stringify(name)}`, () => assert.throws(() => kind.open({ name }, tools)))
