import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scanner, Secret } from '../base/model/content.ts'
import type { Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import { readIgnoreFile } from './advisories/vex/read.ts'
import { type JudgeOptions, judge } from './judge.ts'

const secret = (rule: string, more: Partial<Secret> = {}): Secret => ({
  rule,
  title: rule,
  category: 'credential',
  severity: 'HIGH',
  startLine: 1,
  endLine: 1,
  match: '***',
  offset: 0,
  length: 1,
  fingerprint: `f-${rule}`,
  ...more,
})
const pkg = (name: string, path: string, licenses: string[]): Package => ({
  id: name,
  name,
  version: '1',
  type: 'npm',
  purl: `pkg:npm/${name}@1`,
  foundBy: 'node-pkg',
  path,
  licenses,
  dependsOn: [],
})
const inventory: Inventory = {
  artifact: { name: 'x', type: 'filesystem', repoTags: [], repoDigests: [], layers: [], size: 1 },
  packages: [
    pkg('a', 'app/node_modules/a/package.json', ['MIT']),
    pkg('b', 'app/node_modules/b/package.json', ['GPL-3.0-only']),
    pkg('c', 'app/node_modules/c/package.json', []),
    pkg('d', 'package-lock.json', []),
  ],
  secrets: [
    { path: 'app/.env', secrets: [secret('generic-secret'), secret('npm-token', { severity: 'CRITICAL' })] },
    { path: 'tests/.env', secrets: [secret('generic-secret', { certainty: 'low', severity: 'LOW' })] },
  ],
  malware: [
    {
      path: 'app/x.php',
      sha256: 'ab',
      matches: [
        {
          rule: 'R',
          ruleSet: 's',
          author: '',
          licence: '',
          kind: 'yara',
          severity: 'HIGH',
          description: 'd',
          reference: '',
        },
      ],
    },
  ],
  licenseFiles: [
    { path: 'LICENSE', licenses: [{ name: 'AGPL-3.0-only', confidence: 0.95 }] },
    { path: 'app/node_modules/c/LICENSE', licenses: [{ name: 'ISC', confidence: 1 }] },
  ],
  incomplete: [],
  timing: {},
}
const scanners = ['secret', 'malware', 'license'] as const

function findings(options: JudgeOptions): string[] {
  const { Results } = judge(inventory, undefined, { scanners, ...options })
  return Results.flatMap(({ Target, Secrets = [], Malware = [], Licenses = [] }) => [
    ...Secrets.map(one => `${Target} ${one.RuleID} ${one.Severity}`),
    ...Malware.map(one => `${Target} ${one.Rule}`),
    ...Licenses.map(one => `${one.PkgName || one.FilePath} ${one.Name} ${one.Severity}`),
  ])
}

const all = [
  'app/.env generic-secret HIGH',
  'app/.env npm-token CRITICAL',
  'app/x.php R',
  'a MIT LOW',
  'b GPL-3.0-only HIGH',
  'c ISC LOW',
  'LICENSE AGPL-3.0-only CRITICAL',
]

test('all that was found is told, but what is of low certainty; a package without a licence has that of the text beside it', () =>
  assert.deepEqual(findings({}), all))

test('what is of low certainty shows when LOW is asked for by name', () =>
  assert.ok(findings({ severities: ['LOW'] }).includes('tests/.env generic-secret LOW')))

test('severities choose, and what is left out is kept with its reason', () => {
  const report = judge(inventory, undefined, { scanners, severities: ['CRITICAL'] })
  assert.deepEqual(
    report.Suppressed.map(({ Class, VulnerabilityID, Reason }) => `${Class} ${VulnerabilityID} ${Reason}`).sort(),
    [
      'license GPL-3.0-only severity',
      'license ISC severity',
      'license MIT severity',
      'malware R severity',
      'secret generic-secret low_certainty',
      'secret generic-secret severity',
    ],
  )
})

test('policy: allowed licences are left out, denied ones are CRITICAL', () => {
  const lines = findings({ licenseAllow: ['notice'], licenseDeny: ['GPL-*'] })
  assert.deepEqual(lines.slice(3), ['b GPL-3.0-only CRITICAL', 'LICENSE AGPL-3.0-only CRITICAL'])
})

const ignored: [name: string, text: string, gone: string[]][] = [
  ['.trivyignore', 'generic-secret', ['app/.env generic-secret HIGH']],
  ['.trivyignore', '* path:app/**', [...all.slice(0, 3), 'a MIT LOW', 'b GPL-3.0-only HIGH', 'c ISC LOW']],
  ['.trivyignore', 'generic-secret path:other/**', []],
  ['.trivyignore', 'generic-secret exp:2020-01-01', []],
  ['.trivyignore.yaml', 'secrets:\n  - id: npm-token\n    paths: [app/.env]', ['app/.env npm-token CRITICAL']],
  ['.trivyignore.yaml', 'licenses:\n  - id: GPL-3.0-only', ['b GPL-3.0-only HIGH']],
  ['.trivyignore.yaml', 'vulnerabilities:\n  - id: npm-token', ['app/.env npm-token CRITICAL']],
  ['.trivyignore.yaml', 'licenses:\n  - id: npm-token', []],
]
for (const [file, text, gone] of ignored) {
  test(`${file} ${JSON.stringify(text)}`, async () => {
    const decisions = [await readIgnoreFile(file, text)]
    assert.deepEqual(
      findings({ decisions }),
      all.filter(line => !gone.includes(line)),
    )
  })
}

test('entries that fit nothing are named, those that fit a secret are not', async () => {
  const decisions = [await readIgnoreFile('.trivyignore.yaml', 'secrets:\n  - id: npm-token\n  - id: nothing')]
  const { Warnings } = judge(inventory, undefined, { scanners, decisions })
  assert.deepEqual(
    Warnings?.map(({ code, detail }) => `${code} ${detail}`),
    ['unused nothing'],
  )
})

test('an entry about what was not looked for is not called unused', async () => {
  const yaml = ['vulnerabilities', 'secrets', 'licenses', 'misconfigurations'].map(
    list => `${list}:\n  - id: ${list}-x`,
  )
  const decisions = [
    await readIgnoreFile('.trivyignore', 'CVE-2020-1\ngeneric-nothing'),
    await readIgnoreFile('.trivyignore.yaml', yaml.join('\n').replace('vulnerabilities-x', 'CVE-2020-2')),
  ]
  const unused = (chosen: Scanner[]) =>
    (judge(inventory, undefined, { scanners: chosen, decisions }).Warnings ?? []).map(({ detail }) => detail).sort()
  assert.deepEqual(unused(['vuln']), ['CVE-2020-1', 'CVE-2020-2'])
  assert.deepEqual(unused(['secret']), ['secrets-x'])
  assert.deepEqual(unused(['vuln', 'secret']), ['CVE-2020-1', 'CVE-2020-2', 'generic-nothing', 'secrets-x'])
  assert.deepEqual(unused(['license']), ['licenses-x'])
})

test('a baseline takes known secrets out', () => {
  const baseline = {
    source: 'b.json',
    has: (rule: string, path: string) => rule === 'npm-token' && path === 'app/.env',
  }
  assert.ok(!findings({ baseline }).includes('app/.env npm-token CRITICAL'))
})
