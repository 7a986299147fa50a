import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { zipOf } from '../../../../base/zip-testing.ts'
import { foundIn, named } from '../../check-extractor.ts'
import { vscodeExtensions } from './extensions.ts'

test('the list and the manifests, each extension once', () => {
  const found = foundIn(vscodeExtensions, {
    'root/.vscode-server/extensions/extensions.json': JSON.stringify([
      { identifier: { id: 'ms-python.python' }, version: '2023.22.1' },
      { identifier: {} },
    ]),
    'root/.vscode-server/extensions/ms-python.python-2023.22.1/package.json':
      '{"publisher":"ms-python","name":"python","version":"2023.22.1","engines":{"vscode":"^1.82.0"}}',
    'root/.vscode-server/extensions/esbenp.prettier-vscode-10.1.0/package.json':
      '{"publisher":"esbenp","name":"prettier-vscode","version":"10.1.0","license":"MIT","engines":{"vscode":"*"}}',
  })
  deepEqual(named(found), ['esbenp.prettier-vscode 10.1.0', 'ms-python.python 2023.22.1'].reverse())
  deepEqual(foundIn(vscodeExtensions, { 'x/.vscode/extensions/extensions.json': '{}' }), [])
})

test('other editors of the kin, and an extension that waits', () => {
  const found = foundIn(vscodeExtensions, {
    'root/.windsurf/extensions/extensions.json': JSON.stringify([
      { identifier: { id: 'Golang.Go', uuid: 'x' }, version: '0.41.4' },
    ]),
    'opt/x.vsix': zipOf({
      'extension/package.json': '{"publisher":"p","name":"n","version":"1.0.0","engines":{"vscode":"*"}}',
    }),
  })
  deepEqual(named(found), ['golang.go 0.41.4', 'p.n 1.0.0'])
})
