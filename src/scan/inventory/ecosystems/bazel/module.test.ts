import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { bazelModules } from './module.ts'

const module = `module(name = "mine", version = "1.0")
# bazel_dep(name = "old", version = "0.1")
bazel_dep(name = "rules_go", version = "0.46.0", repo_name = "io_bazel_rules_go")
bazel_dep(
    name = "gazelle",
    version = "0.35.0",
    dev_dependency = True,
)
`

test('the lock says what was chosen, else the module what it asks for', () => {
  const lock = JSON.stringify({
    lockFileVersion: 11,
    registryFileHashes: {
      'https://bcr.bazel.build/modules/rules_go/0.46.0/MODULE.bazel': 'a',
      'https://bcr.bazel.build/modules/rules_go/0.47.0/MODULE.bazel': 'a',
      'https://bcr.bazel.build/modules/rules_go/0.47.0/source.json': 'b',
    },
  })
  deepEqual(named(foundIn(bazelModules, { 'MODULE.bazel': module, 'MODULE.bazel.lock': lock })), ['rules_go 0.47.0'])
  deepEqual(named(foundIn(bazelModules, { 'MODULE.bazel': module })), [
    'rules_go 0.46.0',
    'gazelle 0.35.0 (development)',
  ])
  const old = JSON.stringify({ moduleDepGraph: { '<root>': {}, 'platforms@0.0.7': {}, 'bazel_tools@_': {} } })
  deepEqual(named(foundIn(bazelModules, { 'MODULE.bazel.lock': old })), ['platforms 0.0.7'])
})

test('parts of a module, and versions that override', () => {
  const files = {
    'MODULE.bazel': `${module}include("//deps:go.MODULE.bazel")\nsingle_version_override(module_name = "rules_go", version = "0.48.0")`,
    'deps/go.MODULE.bazel': 'bazel_dep(name = "protobuf", version = "27.0")',
  }
  const found = ['rules_go 0.48.0', 'gazelle 0.35.0 (development)', 'protobuf 27.0']
  deepEqual(named(foundIn(bazelModules, files)), found)
  const lock = JSON.stringify({ moduleDepGraph: { 'platforms@0.0.7': {} } })
  deepEqual(named(foundIn(bazelModules, { ...files, 'MODULE.bazel.lock': lock })), ['platforms 0.0.7'])
  deepEqual(named(foundIn(bazelModules, { ...files, 'MODULE.bazel.lock': '{}' })), found)
})
