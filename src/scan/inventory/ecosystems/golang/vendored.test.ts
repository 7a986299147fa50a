import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { goVendor } from './vendored.ts'

const text = `# github.com/a/b v1.2.0
## explicit; go 1.18
github.com/a/b
github.com/a/b/sub
# github.com/c/d v1.0.0 => github.com/fork/d v1.0.1
# github.com/e/f v1.0.0 => ./local
# github.com/g/h v1.0.0 => github.com/fork/h v2.0.0
github.com/g/h
# github.com/g/h => github.com/fork/h v2.0.0
# github.com/unused/i => github.com/fork/i v3.0.0
`

test('vendored modules, where go.mod does not say it', () => {
  deepEqual(named(foundIn(goVendor, { 'src/vendor/modules.txt': text })), [
    'github.com/a/b v1.2.0',
    'github.com/fork/d v1.0.1',
    'github.com/fork/h v2.0.0',
  ])
  deepEqual(foundIn(goVendor, { 'src/vendor/modules.txt': text, 'src/go.mod': 'module x' }), [])
})
