import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { conanfile } from './conanfile.ts'

test('conanfile.txt: requirements with a version', () => {
  const text = `# ours
[requires]
poco/1.12.4@
fmt/[>=10]
zlib/1.3.1#rev # why

[tool_requires]
cmake/3.28.1
[options]
poco/*:shared=True
`
  deepEqual(named(foundIn(conanfile, { 'conanfile.txt': text })), [
    'poco 1.12.4',
    'zlib 1.3.1',
    'cmake 3.28.1 (development)',
  ])
})
