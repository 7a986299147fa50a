import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { test } from 'node:test'
import { findSecrets } from './find.ts'

function mylogin(...lines: string[]): Buffer {
  const seed = Buffer.from(Array.from({ length: 20 }, (_, at) => at * 7 + 3))
  const key = Buffer.alloc(16)
  for (let at = 0; at < 20; at++) key[at % 16]! ^= seed[at]!
  const parts = lines.map(line => {
    const cipher = createCipheriv('aes-128-ecb', key, null)
    const body = Buffer.concat([cipher.update(`${line}\n`), cipher.final()])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(body.length)
    return Buffer.concat([length, body])
  })
  return Buffer.concat([Buffer.alloc(4), seed, ...parts])
}

test('a login path file with a password is a secret, one without or a broken one is none', () => {
  const whole = mylogin('[client]', 'user = root', 'password = "tr0ub4dor"')
  const [secret] = findSecrets(whole, '.mylogin.cnf')
  assert.equal(secret!.rule, 'mysql-login-path')
  assert.ok(!JSON.stringify(secret).includes('tr0ub4dor'))
  assert.deepEqual(findSecrets(mylogin('[client]', 'user = root')), [])
  assert.deepEqual(findSecrets(whole.subarray(0, 60)), [])
  assert.deepEqual(findSecrets(Buffer.alloc(2000)), [])
})
