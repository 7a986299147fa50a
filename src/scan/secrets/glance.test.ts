import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedGlance, type Wording } from './glance.ts'

/** What follows a name, as settings and languages write it before a value. */
const leading = [
  'DB_PASSWORD=x',
  'password: "x"',
  '"password": "x"',
  "'password' => 'x'",
  '[password] := "x"',
  'password ?= "x"',
  'password ||= "x"',
  'password <- "x"',
  'Password As String = "x"',
  'password string = "x"',
  'password[] = "x"',
  'Password { get; set; } = "x"',
  'put("password", "x")',
  'key="password" value="x"',
  '**Password**: `x`',
  'name: DB_PASSWORD\n  value: "x"',
  '\\"password\\": \\"x\\"',
]
const others = [
  'passwords) "',
  'password && "x"',
  'password in "x"',
  'password; "x"',
  'getPassword("x")',
  'password + "x"',
  'password field "x"',
]
const at = (text: string) => text.toLowerCase().indexOf('password')
for (const wording of ['bare', 'quoted'] satisfies Wording[]) {
  const glance = namedGlance(() => wording)
  for (const text of leading)
    test(`a value may follow in ${text.replaceAll('\n', ' ')} (${wording})`, () => {
      const quoted = /["'`]/.test(text.slice(at(text)))
      assert.equal(glance(Buffer.from(text), at(text), at(text) + 8, ''), wording === 'bare' || quoted)
    })
  for (const text of others)
    test(`no value follows in ${text} (${wording})`, () =>
      assert.ok(!glance(Buffer.from(text), at(text), at(text) + 8, '')))
}

test('nothing is asked where a file holds no values', () =>
  assert.ok(!namedGlance(() => 'none')(Buffer.from('password="x"'), 0, 8, '')))
