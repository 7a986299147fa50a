import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { askHelper } from './credential-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-helper-'))
const before = process.env.PATH
process.env.PATH = `${folder}${delimiter}${before}`
after(() => {
  process.env.PATH = before
  rmSync(folder, { recursive: true })
})

function helper(name: string, script: string): void {
  const path = join(folder, `docker-credential-${name}`)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

test('a helper is asked on standard input and answers JSON', async () => {
  helper('good', 'read server; [ "$1" = get ] && printf \'{"Username":"me","Secret":"pw of %s"}\' "$server"')
  assert.deepEqual(await askHelper('good', 'r.example'), { user: 'me', password: 'pw of r.example' })
  helper('token', `echo '{"Username":"<token>","Secret":"refresh"}'`)
  assert.deepEqual(await askHelper('token', 'r.example'), { identityToken: 'refresh' })
  helper('none', 'echo "credentials not found in native keychain"; exit 1')
  assert.equal(await askHelper('none', 'r.example'), undefined)
})

test('one that fails is named, what it prints is not shown', async () => {
  helper('bad', 'echo s3cret; exit 3')
  await assert.rejects(
    askHelper('bad', 'r'),
    (error: Error) => !error.message.includes('s3cret') && /ended with 3/.test(error.message),
  )
  helper('text', 'echo s3cret')
  await assert.rejects(askHelper('text', 'r'), (error: Error) => !error.message.includes('s3cret'))
  helper('flood', 'cat /dev/zero')
  await assert.rejects(askHelper('flood', 'r'), { code: 'registry_denied' })
  await assert.rejects(askHelper('absent', 'r'), /not installed/)
})

for (const name of ['../x', '-x', 'a/b', '', '.', 'a b', 'x'.repeat(100)]) {
  test(`a name that is none: ${name.slice(0, 20)}`, () =>
    assert.rejects(askHelper(name, 'r'), { code: 'bad_argument' }))
}
