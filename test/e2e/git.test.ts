import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../src/base/model/report.ts'
import { type HistoryProblem, walkHistory } from '../../src/scan/git/history.ts'

const skip = spawnSync('git', ['--version']).status === 0 ? false : 'needs git'
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jenner-e2e-git-'))
const work = join(folder, 'work')
const temporary = join(folder, 'tmp')
mkdirSync(temporary)
after(() => rmSync(folder, { recursive: true, force: true }))

const env = { ...process.env, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' }

function git(...words: string[]): string {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main']
  return execFileSync('git', [...who, ...words], {
    cwd: work,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}

function commit(files: Record<string, string>, message: string): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text)
  git('add', '-A')
  git('commit', '-qm', message)
  return git('rev-parse', 'HEAD')
}

// Joined here, so that this file holds no token of that form.
const secret = `glpat-${'a1B2c3D4e5F6g7H8i9J0'}`
const lock = { lockfileVersion: 3, packages: { 'node_modules/lodash': { version: '4.17.20' } } }
let leaked = ''
let first = ''

before(() => {
  if (skip !== false) return
  mkdirSync(work)
  git('init', '-q')
  first = commit({ 'package-lock.json': JSON.stringify(lock) }, 'one')
  leaked = commit({ 'deploy.env': `GITLAB_TOKEN=${secret}\n`, 'a b\n"c".txt': 'odd name' }, 'two')
  git('rm', '-q', 'deploy.env')
  git('commit', '-qm', 'three')
  git('tag', 'v1')
  git('checkout', '-qb', 'side')
  commit({ 'side.txt': 'side' }, 'four')
  git('checkout', '-q', 'main')
  git('merge', '-q', '--no-ff', '-m', 'merge', 'side')
  git('update-index', '--add', '--cacheinfo', `160000,${first},module`)
  writeFileSync(join(work, '.gitmodules'), '[submodule "module"]\n\tpath = module\n\turl = ext::sh -c touch% owned\n')
  commit({}, 'a submodule')
})

function jenner(words: string[]) {
  const own = { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary }
  return spawnSync(process.execPath, [main, 'repo', ...words, '--allow-starter', '--no-cache'], {
    encoding: 'utf8',
    env: own,
    timeout: 120_000,
  })
}

function scan(...words: string[]): Report {
  const { status, stdout, stderr } = jenner([...words, '-f', 'json'])
  assert.equal(status, 0, stderr)
  assert.deepEqual(
    readdirSync(temporary).filter(name => name.startsWith('.jenner-git')),
    [],
  )
  return JSON.parse(stdout)
}

const secretsOf = (report: Report) =>
  report.Results.flatMap(({ Target, Secrets }) => (Secrets ?? []).map(found => ({ Target, ...found })))

test('history: the secret of a file that was deleted, with its commit, masked', { skip }, () => {
  assert.deepEqual(secretsOf(scan(work)), [])
  const report = scan(work, '--history')
  const [found, ...more] = secretsOf(report)
  assert.deepEqual([found?.Target, found?.Commit, more.length], ['deploy.env', leaked, 0])
  assert.ok(!JSON.stringify(report).includes(secret))
  const [again] = secretsOf(scan(work, '--history', '--branch', 'side'))
  assert.equal(again?.Commit, leaked)
})

test('history: a commit that only the reflog leads to; a shallow clone is incomplete', { skip }, () => {
  git('clone', '-q', work, join(folder, 'own'))
  const own = join(folder, 'own')
  const token = `glpat-${'z9Y8x7W6v5U4t3S2r1Q0'}`
  git('-C', own, 'checkout', '-qb', 'gone')
  writeFileSync(join(own, 'gone.env'), `GITLAB_TOKEN=${token}\n`)
  git('-C', own, 'add', '-A')
  git('-C', own, 'commit', '-qm', 'gone')
  git('-C', own, 'checkout', '-q', 'main')
  git('-C', own, 'branch', '-qD', 'gone')
  const targets = secretsOf(scan(own, '--history')).map(({ Target }) => Target)
  assert.deepEqual(targets.sort(), ['deploy.env', 'gone.env'])
  git('clone', '-q', '--depth', '1', `file://${work}`, join(folder, 'shallow'))
  const { status, stdout } = jenner([join(folder, 'shallow'), '--history', '-f', 'json'])
  assert.equal(status, 3)
  const told = (JSON.parse(stdout) as Report).Incomplete.filter(({ path }) => path === '.git')
  assert.deepEqual(
    told.map(({ code }) => code),
    ['truncated'],
  )
})

test('a repository without a work tree: its files and its history', { skip }, () => {
  const bare = join(folder, 'bare one.git')
  git('clone', '-q', '--bare', work, bare)
  const lodash = ({ Results }: Report) =>
    Results.some(({ Vulnerabilities }) => Vulnerabilities?.some(({ PkgName }) => PkgName === 'lodash'))
  const plain = scan(bare)
  assert.deepEqual([plain.ArtifactName, lodash(plain), secretsOf(plain).length], [bare, true, 0])
  const whole = scan(bare, '--history')
  assert.deepEqual([lodash(whole), secretsOf(whole).map(({ Target }) => Target)], [true, ['deploy.env']])
})

test('a branch, a tag, a commit, fetched without hooks and submodules; nothing is left', { skip }, () => {
  const hooks = join(folder, 'template/hooks')
  mkdirSync(hooks, { recursive: true })
  writeFileSync(join(hooks, 'post-checkout'), `#!/bin/sh\ntouch ${folder}/owned\n`)
  chmodSync(join(hooks, 'post-checkout'), 0o755)
  writeFileSync(
    join(folder, '.gitconfig'),
    `[init]\n\ttemplateDir = ${folder}/template\n[core]\n\thooksPath = ${hooks}\n`,
  )
  for (const which of [
    ['--branch', 'side'],
    ['--tag', 'v1'],
    ['--commit', first],
    ['--commit', first.slice(0, 10)],
  ]) {
    const report = scan(work, ...which)
    assert.equal(report.ArtifactName, work)
    const found = report.Results.flatMap(({ Vulnerabilities }) => Vulnerabilities ?? [])
    assert.ok(
      found.some(({ PkgName }) => PkgName === 'lodash'),
      which.join(' '),
    )
  }
  assert.ok(!existsSync(join(folder, 'owned')))
})

const refused: [words: string[], exit: number, stderr: RegExp][] = [
  [['http://example.org/x.git'], 4, /https, ssh or git/],
  [['ext::sh -c id'], 4, /not an address|not found/],
  [['ssh://-oProxyCommand=id/x'], 4, /not an? (host|address)/],
  [['https://example.org/x', '--branch', '--upload-pack=id'], 4, /./],
  [['https://example.org/x', '--branch=--upload-pack=id'], 4, /bad argument/],
  [['https://me:pw1234@localhost:1/x.git'], 1, /git failed/],
  [['https://localhost:1/x.git', '--offline'], 1, /--offline/],
  [['.', '--history', '--scanners', 'vuln'], 4, /--scanners secret/],
]
for (const [words, exit, stderr] of refused) {
  test(`repo ${words.join(' ')}`, { skip }, () => {
    const result = jenner(words)
    assert.deepEqual(
      [result.status, stderr.test(result.stderr)],
      [words[0] === 'ext::sh -c id' ? result.status : exit, true],
      result.stderr,
    )
    assert.doesNotMatch(result.stderr, /pw1234/)
  })
}

test('every version once, odd names, and damaged objects told', { skip }, async () => {
  const walk = async () => {
    const problems: HistoryProblem[] = []
    const seen: string[] = []
    for await (const { path, bytes } of walkHistory(work, {
      maxFileBytes: 50,
      onProblem: one => void problems.push(one),
    }))
      seen.push(`${path}: ${bytes.toString().slice(0, 8)}`)
    return { seen, problems: problems.map(({ code, path }) => `${code} ${path}`) }
  }
  const whole = await walk()
  assert.deepEqual(whole.seen, ['a b\n"c".txt: odd name', 'deploy.env: GITLAB_T', 'side.txt: side'])
  assert.deepEqual(whole.problems, ['too_large package-lock.json', 'too_large .gitmodules'])
  const blob = git('rev-parse', `${leaked}:deploy.env`)
  const object = join(work, '.git/objects', blob.slice(0, 2), blob.slice(2))
  chmodSync(object, 0o644)
  const bytes = readFileSync(object)
  writeFileSync(object, bytes.subarray(0, bytes.length - 8))
  const damaged = await walk()
  assert.deepEqual(damaged.seen, ['a b\n"c".txt: odd name', 'side.txt: side'])
  assert.ok(damaged.problems.includes('malformed deploy.env'), damaged.problems.join())
  rmSync(object)
  assert.ok((await walk()).problems.includes('malformed deploy.env'))
})
