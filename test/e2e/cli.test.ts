import assert from 'node:assert/strict'
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exampleReport, hostile } from '../../src/reporting/formats/examples.ts'
import { hasChild } from './children.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jenner-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const env = { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') }

function jenner(
  words: string[],
  more: { env?: NodeJS.ProcessEnv; input?: string; cwd?: string } = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...words], {
    encoding: 'utf8',
    cwd: more.cwd ?? folder,
    env: { ...env, ...more.env },
    input: more.input ?? '',
    timeout: 120_000,
  })
}

/** A project whose only package has a vulnerability that the starter data know. */
const project = join(folder, 'project')
mkdirSync(project)
const lock = {
  name: 'x',
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { lodash: '4.17.20' } },
    'node_modules/lodash': { version: '4.17.20', license: 'MIT' },
  },
}
writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
const report = join(folder, 'report.json')
writeFileSync(report, JSON.stringify(exampleReport()))

const usage: [name: string, words: string[], exit: number, stderr: RegExp][] = [
  ['no verb', [], 4, /^$/],
  ['unknown verb', ['imgae', 'x'], 4, /unknown verb imgae\. Did you mean image\?/],
  ['unknown flag', ['image', 'x', '--severty', 'HIGH'], 4, /unknown flag --severty\. Did you mean --severity\?/],
  [
    'unknown flag in Korean',
    ['image', 'x', '--severty', 'HIGH', '--lang', 'ko'],
    4,
    /알 수 없는 플래그입니다: --severty/,
  ],
  ['missing argument', ['fs'], 4, /DIR is missing/],
  ['no image', ['image'], 4, /IMAGE is missing/],
  ['too many arguments', ['fs', 'a', 'b'], 4, /too many arguments/],
  ['missing value', ['fs', '.', '--severity'], 4, /needs a value/],
  ['bad severity', ['fs', '.', '-s', 'dreadful'], 4, /CRITICAL/],
  ['unknown format', ['fs', '.', '-f', 'sarrif'], 4, /sarif\?/],
  ['bad template', ['convert', report, '-f', '{{if}'], 4, /template/],
  ['a verb to come', ['comply'], 4, /jenner comply is not built yet/],
  ['a verb to come, in Korean', ['comply', '--lang=ko'], 4, /아직 제공하지 않는/],
  ['a scanner to come', ['fs', '.', '--scanners', 'vuln,misconfig'], 4, /--scanners misconfig is not built yet/],
  [
    'an image that is nowhere',
    ['image', 'x', '--offline'],
    1,
    /x \(docker: .*; containerd: .*; podman: .*; registry: not asked/,
  ],
  ['an unknown source', ['image', 'x', '--image-src', 'moon'], 4, /docker, containerd, podman, remote/],
  ['a repository without TLS', ['repo', 'http://example.org/a.git'], 4, /https, ssh or git/],
  ['images of nothing', ['image', '--from-file', 'no.yml'], 1, /no\.yml/],
  ['two kinds of images', ['image', 'x', '--from-file', 'a.yml'], 4, /--from-file a\.yml/],
  ['no such folder', ['fs', 'no/such'], 1, /no\/such/],
  ['no such file', ['image', '--input', 'no.tar'], 1, /no\.tar/],
  ['no such database', ['fs', '.', '--db', 'no.db'], 1, /no\.db/],
  ['control characters in an argument', ['fs', 'a\u001b[2Jb'], 1, /a\\x1b\[2Jb/],
]
for (const [name, words, exit, stderr] of usage) {
  test(`usage: ${name}`, () => {
    const found = jenner(words)
    assert.equal(found.status, exit, found.stderr)
    assert.match(found.stderr, stderr)
    assert.ok(!found.stderr.includes('\u001b'))
  })
}

test('help and version go to standard output and exit 0, in the language of the locale', () => {
  for (const words of [
    ['--help'],
    ['help'],
    ['image', '--help'],
    ['db', '--help'],
    ['demo', '-h'],
    ['--version'],
    ['version', '-f', 'json'],
  ]) {
    const { status, stdout, stderr } = jenner(words)
    assert.equal(status, 0, words.join(' '))
    assert.ok(stdout.length > 0)
    assert.equal(stderr, '')
  }
  assert.match(jenner(['image', '--help'], { env: { LANG: 'ko_KR.UTF-8' } }).stdout, /사용법: jenner image/)
})

test('a scan with the starter data alone exits 3, with --allow-starter 0, and says so first', () => {
  const found = jenner(['fs', project])
  assert.equal(found.status, 3, found.stderr)
  assert.match(found.stdout, /^advisory coverage: starter/)
  assert.match(found.stdout, /CVE-2021-23337/)
  assert.equal(jenner(['fs', project, '--allow-starter']).status, 0)
})

test('gates: --exit-code N, --fail-on 2, filters first', () => {
  const cases: [string[], number][] = [
    [['--exit-code', '7'], 7],
    [['--exit-code=7', '--severity', 'low'], 3],
    [['--fail-on', 'high'], 2],
    [['--fail-on', 'critical', '--allow-starter'], 0],
    [['--vuln-type', 'os', '--exit-code', '7', '--allow-starter'], 0],
  ]
  for (const [words, exit] of cases) assert.equal(jenner(['fs', project, ...words]).status, exit, words.join(' '))
  assert.equal(jenner(['fs', project], { env: { JENNER_EXIT_CODE: '9' } }).status, 9)
  writeFileSync(join(folder, 'jenner.yaml'), 'exit-code: 8\n')
  assert.equal(jenner(['fs', project]).status, 8)
  rmSync(join(folder, 'jenner.yaml'))
})

test('json has every package; -o writes a file and nothing to standard output', () => {
  const file = join(folder, 'out.json')
  const { stdout, status } = jenner(['fs', project, '-f', 'json', '-o', file])
  assert.equal(status, 3)
  assert.equal(stdout, '')
  const { Results, Database } = JSON.parse(readFileSync(file, 'utf8'))
  assert.equal(Results[0].Packages[0].Name, 'lodash')
  assert.equal(Database.starter, true)
})

test('sbom: what -f cyclonedx and -f spdx-json write is read again with the same finding', () => {
  for (const format of ['cyclonedx', 'spdx-json']) {
    const bom = jenner(['fs', project, '-f', format]).stdout
    const { stdout } = jenner(
      ['sbom', '-', '-f', '{{range .Results}}{{range .Vulnerabilities}}{{.VulnerabilityID}}{{end}}{{end}}'],
      { input: bom },
    )
    assert.equal(stdout, 'CVE-2021-23337\n', format)
  }
})

test('sbom: a pipe whose writer takes its time', () => {
  const line = `(sleep 0.5; echo pkg:npm/lodash@4.17.15; sleep 0.5; echo pkg:npm/minimist@1.2.0) | "$0" "$1" sbom - -q -f '{{range .Results}}{{len .Packages}}{{end}}' --list-all-pkgs --allow-starter`
  const { stdout, stderr } = spawnSync('sh', ['-c', line, process.execPath, main], { encoding: 'utf8' })
  assert.equal(stdout.trim(), '2', stderr)
})

test('convert: every format, gates, Trivy flags', () => {
  for (const format of ['table', 'json', 'sarif', 'cyclonedx', 'spdx-json', 'html', 'junit', 'gitlab', 'github']) {
    const { status, stdout } = jenner(['convert', report, '-f', format, '-q'])
    assert.equal(status, 0, format)
    assert.ok(stdout.length > 100)
  }
  assert.equal(jenner(['convert', report, '--exit-code', '5']).status, 5)
  assert.equal(
    jenner(['convert', report, '-s', 'LOW', '-f', '{{range .}}{{len .Vulnerabilities}} {{end}}']).stdout.slice(0, 1),
    '1',
  )
})

test('settings: effective values and where they come from', () => {
  const { stdout } = jenner(['settings', '-f', 'json', '-s', 'high'], { env: { JENNER_OFFLINE: 'true' } })
  const all = JSON.parse(stdout)
  assert.deepEqual(all.severity, { value: ['HIGH'], origin: 'flag' })
  assert.deepEqual(all.offline, { value: true, origin: 'environment', from: 'JENNER_OFFLINE' })
  assert.equal(all.output.origin, 'default')
})

test('completion scripts are scripts', () => {
  for (const shell of ['bash', 'zsh', 'fish']) assert.match(jenner(['completion', shell]).stdout, /complete|compdef/)
  const { status, stderr } = spawnSync('bash', ['-n'], {
    input: jenner(['completion', 'bash']).stdout,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
})

test('a reader that closes early is no error', () => {
  const line = `"$0" "$1" convert "$2" -f html -q | head -c 10 > /dev/null; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', line, process.execPath, main, report], { encoding: 'utf8', env })
  assert.equal(stdout.trim(), '0')
  assert.equal(stderr, '')
})

test('hostile names in a lock file reach neither terminal nor log as they are', () => {
  const place = join(folder, 'hostile')
  mkdirSync(place)
  writeFileSync(
    join(place, 'package-lock.json'),
    JSON.stringify({ ...lock, packages: { ...lock.packages, [`node_modules/${hostile}`]: { version: hostile } } }),
  )
  for (const format of ['table', 'json', 'html', 'cyclonedx']) {
    const { stdout, stderr } = jenner(['fs', place, '-f', format, '--list-all-pkgs'])
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  }
})

test('an interrupt ends with 130 and leaves no half-written file', {
  skip: process.platform !== 'linux' && 'needs Linux',
}, async () => {
  const file = join(folder, 'never.json')
  const child = spawn(process.execPath, [main, 'rootfs', '/', '-o', file], { env, cwd: folder, stdio: 'ignore' })
  const ended = new Promise(resolve => child.on('close', resolve))
  // The process that reads is at work.
  assert.ok(await hasChild(child.pid!), 'the scan did not begin')
  child.kill('SIGINT')
  const code = await ended
  assert.equal(code, 130)
  assert.ok(!existsSync(file))
})

test('demo says what it looks at and exits 0', {
  timeout: 300_000,
  skip: process.env.JENNER_TEST_DEMO === undefined && 'reads the whole machine: set JENNER_TEST_DEMO',
}, () => {
  const { status, stdout } = jenner(['demo'])
  assert.equal(status, 0)
  assert.match(stdout, /Vulnerabilities: \d+/)
})
