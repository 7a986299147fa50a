import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-refused-'))
const skip = process.getuid?.() === 0 ? false : 'needs root'
after(() => rmSync(base, { recursive: true, force: true }))

writeFileSync(join(base, 'respond.yaml'), 'playbooks: [\n')
writeFileSync(join(base, 'file'), '')

const refused: [words: string[], status: number, says: RegExp][] = [
  [['-o', join(base, 'none/alerts')], 1, /cannot write: .*none\/alerts/],
  [['--state', join(base, 'file/state')], 1, /cannot write: .*file\/state/],
  [['--state', base], 4, /respond\.yaml:/],
]

for (const [words, status, says] of refused)
  test(`a watch that cannot begin says so and ends: ${words[0]} ${words[1]!.slice(base.length)}`, { skip }, () => {
    const command = ['watch', ...words, '--lang', 'en']
    const ended = spawnSync(join(root, 'jenner'), command, { timeout: 60_000, encoding: 'utf8' })
    assert.equal(ended.signal, null, `it had to be killed: ${ended.stderr}`)
    assert.match(ended.stderr, says)
    assert.equal(ended.status, status, ended.stderr)
  })

test('a damaged record of a response is named, not passed over', () => {
  const state = join(base, 'damaged')
  mkdirSync(join(state, 'responses'), { recursive: true })
  const file = join(state, 'responses/x.json')
  writeFileSync(file, '{')
  const command = ['release', 'nobody', '--state', state, '--lang', 'en']
  const { stderr, status } = spawnSync(join(root, 'jenner'), command, { timeout: 60_000, encoding: 'utf8' })
  assert.ok(stderr.includes(`${file}: a damaged record`), stderr)
  assert.equal(status, 1)
})
