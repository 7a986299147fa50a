import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FactView } from '../../../../base/model/ecosystem.ts'
import { apkInstalled, parseInstalled } from './installed.ts'

const database = `C:Q1abc=
P:musl
V:1.2.4-r2
A:x86_64
L:MIT
o:musl
m:Someone <a@example.com>
p:so:libc.musl-x86_64.so.1=1
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755
Z:Q1x=

P:ssl_client
V:1.36.1-r5
A:x86_64
L:GPL-2.0-only OR (MIT AND BSD-3-Clause)
o:busybox
D:so:libc.musl-x86_64.so.1 !uclibc musl>=1 musl~1.2
F:usr/bin
R:ssl_client
F:
R:top
`

test('names, versions, origins, licences, files', () => {
  const [musl, client] = parseInstalled(database).map(({ pkg }) => pkg)
  assert.deepEqual(
    [musl?.name, musl?.version, musl?.arch, musl?.maintainer],
    ['musl', '1.2.4-r2', 'x86_64', 'Someone <a@example.com>'],
  )
  assert.deepEqual(client?.source, { name: 'busybox', version: '1.36.1-r5' })
  assert.deepEqual(client?.licenses, ['GPL-2.0-only', 'MIT', 'BSD-3-Clause'])
  assert.deepEqual([musl?.files, client?.files], [['lib/ld-musl-x86_64.so.1'], ['usr/bin/ssl_client', 'top']])
  assert.deepEqual(musl?.lines, { start: 1, end: 12 })
})

test('dependencies by name and by what packages provide', () => {
  const facts = parseInstalled(database)
  const view: FactView<typeof facts> = { files: [{ path: 'lib/apk/db/installed', facts }], get: () => facts }
  assert.deepEqual(
    apkInstalled.assemble!(view).map(({ dependsOn }) => dependsOn),
    [[], ['musl']],
  )
})

test('the same package in the old and the new place is one', () => {
  const facts = parseInstalled(database)
  const files = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'].map(path => ({ path, facts }))
  assert.equal(apkInstalled.assemble!({ files, get: () => facts }).length, 2)
})

test('carriage returns, garbage and stanzas without a version', () => {
  const problems: string[] = []
  const found = parseInstalled('P:a\r\nV:1\r\n\r\ngarbage\n\nP:b\n\nx\n', (code, detail) =>
    problems.push(`${code} ${detail}`),
  )
  assert.deepEqual(
    found.map(({ pkg }) => `${pkg.name} ${pkg.version}`),
    ['a 1'],
  )
  assert.deepEqual(problems, ['malformed line 6: a package without name or version'])
})
