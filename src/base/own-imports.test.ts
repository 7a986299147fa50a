import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'jenner-own-imports-'))
after(() => rmSync(folder, { recursive: true }))

function run(lines: string[]): string {
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  const start = `const { takeOwnImports } = await import(${url('./own-imports.ts')})\ntakeOwnImports()\n`
  const code = lines.join('\n').replaceAll(/@(\S+?)@/g, (_, file: string) => url(file))
  const script = join(folder, 'script.mjs')
  writeFileSync(script, start + code)
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    encoding: 'utf8',
  })
  return stdout + stderr
}

test('files of ours, packages and what Node brings are found as before', () => {
  const said = run([
    'const { translate } = await import(@./i18n/translate.ts@)',
    'const { parseXml } = await import(@./xml.ts@)',
    "console.log(translate('en', 'flag.help') !== '', typeof parseXml)",
  ])
  assert.equal(said, 'true function\n')
})

test('others are none of ours', () => {
  writeFileSync(join(folder, 'other.ts'), 'export const other: number = 1')
  assert.equal(run(["console.log((await import('./other.ts')).other)"]), '1\n')
  assert.match(run(["await import('./missing.ts')"]), /ERR_MODULE_NOT_FOUND/)
})
