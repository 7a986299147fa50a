import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../base/model/ecosystem.ts'
import { memoryFile } from '../../image/content.ts'
import { createDispatch } from '../dispatch.ts'
import { gem } from './gem/index.ts'
import { golang } from './golang/index.ts'
import { npm } from './npm/index.ts'
import { terraform } from './terraform/index.ts'

/** Formats that are read line by line take anything for text: what is cut off, or another file by that name, must be told. */
const dispatch = createDispatch([npm, golang, gem, terraform].flatMap(({ extractors }) => extractors))

const cases: [path: string, text: string, named: string[], told: RegExp | undefined][] = [
  ['yarn.lock', '\n', [], undefined],
  ['yarn.lock', 'hello\n', [], /not a yarn.lock/],
  ['yarn.lock', 'a@1:\n  version "1.0.0"\nb@1:\n  vers', ['a'], /1 entries without a version/],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        version: 1.0.0\n      b:\n        version: 1.0.0\n      w:\n        version: link:w\npackages:\n  a@1.0.0:\n    resolution: {integrity: x}\n  b@1",
    ['a'],
    /1 packages are asked for and not there: b 1\.0\.0/,
  ],
  ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n", [], undefined],
  ['Gemfile.lock', '\u0000\u0001\n', [], /not a Gemfile.lock/],
  ['Gemfile.lock', 'GEM\n  remote: x\n  specs:\n    a (1.0)\n', ['a'], /ends before DEPENDENCIES/],
  ['Gemfile.lock', 'GEM\n  specs:\n\nDEPENDENCIES\n', [], undefined],
  ['go.mod', 'hello world\n', [], /not a go.mod/],
  ['go.mod', '// nothing yet\n', [], undefined],
  ['go.mod', 'require ( a.com/a v1.0.0\n)\n', [], undefined],
  ['go.sum', 'hello world\n', [], /not a go.sum/],
  ['go.sum', '', [], undefined],
  ['go.sum', 'a.com/a v1.0.0 h1:x=\nb.com/b v1.', ['a.com/a'], /1 lines of go.sum without a hash/],
  ['go.mod', 'module m\nrequire (\n a.com/a v1.0.0\n b.com', ['a.com/a'], /block of require is not closed/],
  ['x/vendor/modules.txt', 'hello\n', [], /not a modules.txt/],
  ['.terraform.lock.hcl', 'hello\n', [], /no provider block/],
  ['.terraform.lock.hcl', '# maintained by terraform\n', [], undefined],
  [
    '.terraform.lock.hcl',
    'provider "h/n/a" {\n  version = "1.0.0"\n}\nprovider "h/n/b" {\n  vers',
    ['h/n/a'],
    /h\/n\/b has no version/,
  ],
]

for (const [path, text, named, told] of cases) {
  test(`${path}: ${JSON.stringify(text.slice(0, 60))}`, () => {
    const { found, problems } = read(path, text)
    assert.deepEqual(
      found.map(({ name }) => name),
      named,
    )
    if (told) assert.match(problems, told)
    else assert.equal(problems, '')
  })
}

function read(path: string, text: string): { found: FoundPackage[]; problems: string } {
  const bytes = Buffer.from(text)
  const entry = { path, size: bytes.length, mode: 0o644 }
  const found: FoundPackage[] = []
  const problems: string[] = []
  for (const extractor of dispatch.wanted(entry)) {
    try {
      const facts: unknown = extractor.parse(memoryFile(entry, bytes), (_, detail) => void problems.push(detail))
      if (facts === undefined) continue
      const files = [{ path, facts }]
      const get = (other: string) => (other === path ? facts : undefined)
      found.push(...(extractor.assemble?.({ files, get }) ?? (facts as FoundPackage[])))
    } catch (error) {
      problems.push(String(error))
    }
  }
  return { found, problems: problems.join('\n') }
}
