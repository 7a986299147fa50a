import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { githubTraits } from './traits.ts'
import { githubActions } from './workflow.ts'

test('actions and reusable workflows, by tag, branch and commit', () => {
  const text = `jobs:
  build:
    steps:
      - uses: actions/checkout@v4
      - name: x
        uses: "github/codeql-action/init@v3"
      - uses: actions/setup-node@0123456789abcdef0123456789abcdef01234567 # v4.0.1
      - uses: ours/thing@1123456789abcdef0123456789abcdef01234567
      - uses: ./local/action
      - uses: docker://alpine:3.19
      - uses: actions/checkout@v4
  call:
    uses: owner/repository/.github/workflows/ci.yml@main
`
  const packages = foundIn(githubActions, { '.github/workflows/ci.yml': text })
  deepEqual(named(packages), [
    'actions/checkout v4',
    'github/codeql-action/init v3',
    'actions/setup-node v4.0.1',
    'ours/thing 1123456789abcdef0123456789abcdef01234567',
    'owner/repository/.github/workflows/ci.yml main',
  ])
  equal(packages[1]!.purl, 'pkg:github/github/codeql-action@v3#init')
  equal(githubTraits.normalizeName(packages[1]!.name), 'github/codeql-action')
  equal(packages[2]!.extra?.commit, '0123456789abcdef0123456789abcdef01234567')
  equal(wants(githubActions, '.github/actions/setup/action.yml'), true)
  equal(wants(githubActions, 'deploy/workflow.yml'), false)
})

test('a composite action, also at the root; other files of that name are none', () => {
  const steps = '  steps:\n    - uses: actions/cache@v4\n'
  deepEqual(named(foundIn(githubActions, { 'action.yml': `runs:\n  using: 'composite'\n${steps}` })), [
    'actions/cache v4',
  ])
  deepEqual(foundIn(githubActions, { 'app/action.yaml': `runs:\n  using: node20\n${steps}` }), [])
})

test('steps in any of YAML’s ways; a template that is no YAML is read line by line', () => {
  const text = `jobs:
  a:
    steps:
      - { name: x, uses: actions/cache@v3 }
      - "uses": 'o/r/sub@v1'
      - uses: >-
          o/folded@v2
      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 #v4.1.0
  b: {uses: o/w/.github/workflows/x.yml@v9}
`
  deepEqual(named(foundIn(githubActions, { '.github/workflows/a.yaml': text })), [
    'actions/checkout v4.1.0',
    'o/w/.github/workflows/x.yml v9',
    'actions/cache v3',
    'o/r/sub v1',
    'o/folded v2',
  ])
  const template = 'jobs:\n  {% if x %}\n  - uses: actions/checkout@v4\n'
  deepEqual(named(foundIn(githubActions, { '.github/workflows/a.yml': template })), ['actions/checkout v4'])
})

const comments: [comment: string, version: string][] = [
  ['# v4.1.0', 'v4.1.0'],
  ['# tag=v4', 'v4'],
  ['# pin@v4', 'v4'],
  ['# pin @v4', 'v4'],
  ['# ratchet:o/r@v4.2', 'v4.2'],
  ['# because of v4', '0123456789abcdef0123456789abcdef01234567'],
  ['', '0123456789abcdef0123456789abcdef01234567'],
]
for (const [comment, version] of comments) {
  test(`a commit and behind it "${comment}"`, () => {
    const text = `      - uses: o/r@0123456789abcdef0123456789abcdef01234567 ${comment}\n`
    deepEqual(named(foundIn(githubActions, { '.github/workflows/a.yml': text })), [`o/r ${version}`])
  })
}
