import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildAdvisories } from '../../src/scan/advisories/advisories.ts'
import { basesPath, buildBases } from '../../src/scan/known-bases.ts'
import type { ScanOptions } from '../../src/scan/options.ts'
import { scan } from '../../src/scan/scan.ts'

/** Real images of a real daemon: what one is built on, which findings came with that, what another base would change. */
const skip = spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
const folder = mkdtempSync(join(tmpdir(), 'jenner-e2e-base-'))
const name = `jenner-e2e-base-${process.pid}`
const db = join(folder, 'advisories.jdb')
const options: ScanOptions = { db, scanners: ['vuln'], noCache: true, imageSources: ['docker'] }

function build(tag: string, dockerfile: string): void {
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
  execFileSync('docker', ['build', '-q', '-t', `${name}:${tag}`, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
}

function lodash(version: string): string {
  mkdirSync(join(folder, version, 'node_modules/lodash'), { recursive: true })
  writeFileSync(join(folder, version, 'node_modules/lodash/package.json'), JSON.stringify({ name: 'lodash', version }))
  return version
}

before(async () => {
  if (skip) return
  const advisory = {
    schema_version: '1.4.0',
    id: 'GHSA-35jh-r3h4-6jhm',
    modified: '2024-01-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'lodash' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
      },
    ],
  }
  writeFileSync(join(folder, 'advisory.json'), JSON.stringify(advisory))
  await buildAdvisories({ from: [join(folder, 'advisory.json')], to: db })
  build('1', `FROM scratch\nCOPY ${lodash('4.17.20')} /\nCMD ["x"]\n`)
  build('2', `FROM scratch\nCOPY ${lodash('4.17.21')} /\nCMD ["x"]\n`)
  mkdirSync(join(folder, 'program'))
  copyFileSync(existsSync('/bin/bash') ? '/bin/bash' : process.execPath, join(folder, 'program/bash'))
  build('app', `FROM ${name}:1\nCOPY program /usr/local/bin\nCOPY 4.17.20 /srv\n`)
})

after(() => {
  const tags = ['app', '1', '2'].map(tag => `${name}:${tag}`)
  if (!skip) spawnSync('docker', ['rmi', '-f', ...tags], { stdio: 'ignore' })
  rmSync(folder, { recursive: true, force: true })
})

test('the base among local images, its findings apart from the image’s own, and a better one', { skip }, async () => {
  const report = await scan({ kind: 'image', name: `${name}:app` }, { ...options, compareBases: [`${name}:2`] })
  assert.deepEqual(report.Metadata.BaseImage, { Name: `${name}:1`, How: 'layers', Layers: 1 })
  const found = report.Results.flatMap(({ Vulnerabilities }) => Vulnerabilities ?? [])
  assert.deepEqual(found.map(({ PkgPath, FromBase }) => `${PkgPath} ${FromBase}`).sort(), [
    'node_modules/lodash/package.json true',
    'srv/node_modules/lodash/package.json false',
  ])
  const [advice] = report.Metadata.BaseAdvice ?? []
  assert.deepEqual([advice?.Name, advice?.Kind, advice?.Removes, advice?.Remaining], [`${name}:2`, 'newer', 1, 0])
})

test('a program that no package manager brought', { skip: skip || !existsSync('/bin/bash') }, async () => {
  const report = await scan({ kind: 'image', name: `${name}:app` }, options)
  const packages = report.Results.flatMap(({ Packages }) => Packages ?? [])
  const bash = packages.find(({ Name }) => Name === 'bash')
  const stated = /version (\d+\.\d+\.\d+)/.exec(execFileSync('/bin/bash', ['--version'], { encoding: 'utf8' }))?.[1]
  assert.deepEqual([bash?.Version, bash?.FilePath, bash?.FromBase], [stated, 'usr/local/bin/bash', false])
})

test('the base by the catalogue beside the database, when the daemon has it no more', { skip }, async () => {
  const reports = join(folder, 'reports')
  mkdirSync(reports)
  const base = await scan({ kind: 'image', name: `${name}:1` }, options)
  writeFileSync(join(reports, 'base.json'), JSON.stringify(base))
  assert.equal(buildBases(reports, db), 1)
  assert.ok(existsSync(basesPath(db)))
  spawnSync('docker', ['rmi', `${name}:1`], { stdio: 'ignore' })
  const report = await scan({ kind: 'image', name: `${name}:app` }, options)
  assert.equal(report.Metadata.BaseImage?.Name, `${name}:1`)
})
