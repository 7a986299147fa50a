import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { closureOf, copyPackages } from './build-packages.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-packages-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: object | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), typeof text === 'string' ? text : JSON.stringify(text))
}

test('copies what packages need, from the inside out, and nothing else', () => {
  write('node_modules/a/package.json', { dependencies: { b: '1', absent: '1' }, optionalDependencies: { '@s/c': '1' } })
  write('node_modules/a/node_modules/b/package.json', { dependencies: { d: '1' } })
  write('node_modules/a/lib/code.js', 'inner')
  write('node_modules/b/package.json', {})
  write('node_modules/d/package.json', { peerDependencies: { a: '1' } })
  write('node_modules/@s/c/package.json', {})
  write('node_modules/other/package.json', {})
  write('node_modules/pretendard/package.json', {})
  write('node_modules/pretendard/dist/public/static/alternative/Pretendard-Regular.ttf', 'font')
  write('node_modules/pretendard/dist/public/static/Pretendard-Black.otf', 'font')
  const out = join(folder, 'out')
  const places = copyPackages(folder, out, ['a', 'pretendard'])
  const expected = ['@s/c', 'a', 'a/node_modules/b', 'd', 'pretendard'].map(name => `node_modules/${name}`)
  assert.deepEqual(places, expected)
  assert.equal(readFileSync(join(out, 'node_modules/a/lib/code.js'), 'utf8'), 'inner')
  for (const missing of ['other', 'b', 'pretendard/dist/public/static/Pretendard-Black.otf'])
    assert.ok(!existsSync(join(out, 'node_modules', missing)), missing)
  assert.ok(existsSync(join(out, 'node_modules/pretendard/dist/public/static/alternative/Pretendard-Regular.ttf')))
})

test('the sensor’s native half and what makes PDF files are among what is copied', () => {
  const places = closureOf(fileURLToPath(new URL('..', import.meta.url)), ['koffi', 'pdfmake'])
  for (const name of [`@koromix/koffi-${process.platform}-${process.arch}`, 'koffi', 'pdfmake', 'pdfkit', 'fontkit'])
    assert.ok(places.includes(`node_modules/${name}`), name)
})
