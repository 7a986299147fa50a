import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

test('a linked node_modules is refused: npm would empty the folder that it leads to', context => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jenner-setup-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const checkout = path.join(folder, 'checkout')
  const elsewhere = path.join(folder, 'elsewhere')
  for (const made of [path.join(checkout, 'tools'), elsewhere, path.join(folder, 'bin')])
    mkdirSync(made, { recursive: true })
  copyFileSync(path.join(import.meta.dirname, 'setup.sh'), path.join(checkout, 'tools/setup.sh'))
  writeFileSync(path.join(checkout, 'package-lock.json'), '{}')
  symlinkSync(elsewhere, path.join(checkout, 'node_modules'))
  writeFileSync(path.join(folder, 'bin/npm'), `#!/bin/sh\n: > ${path.join(folder, 'called')}\n`)
  chmodSync(path.join(folder, 'bin/npm'), 0o755)

  const run = spawnSync('sh', [path.join(checkout, 'tools/setup.sh')], {
    encoding: 'utf8',
    env: { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` },
  })
  assert.equal(run.status, 1)
  assert.match(run.stderr, /node_modules is a link to/)
  assert.equal(existsSync(path.join(folder, 'called')), false)
})
