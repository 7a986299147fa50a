import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYamlObject } from '../../src/base/yaml.ts'
import { readReport } from '../../src/reporting/formats/read.ts'
import { openDatabase } from '../../src/scan/advisories/store/reader.ts'
import { createDatabaseWriter } from '../../src/scan/advisories/store/writer.ts'
import { createCollector } from '../../src/scan/image/content.ts'
import { createTarReader } from '../../src/scan/image/tar/reader.ts'
import { collectLayer } from '../../src/scan/inventory/collect.ts'
import { createDispatch } from '../../src/scan/inventory/dispatch.ts'
import { ecosystems } from '../../src/scan/inventory/ecosystems/index.ts'
import { feedLayer } from '../../src/scan/inventory/layer-feed.ts'
import { inventoryOfSbom } from '../../src/scan/inventory/sbom/read.ts'
import { contentTargets } from './content-targets.ts'
import { apk, bomText, composerLock, control, jar, lockFile, reportText, tar, toml, yaml, yarn } from './samples.ts'
import { sourceTargets } from './source-targets.ts'
import type { FuzzTarget } from './target.ts'

const dispatch = createDispatch(ecosystems.flatMap(({ extractors }) => extractors))
const inFile = (path: string) => (input: Buffer) => {
  const collecting = collectLayer(dispatch, createCollector())
  feedLayer([[path, input]], collecting)
  return collecting.finish()
}

/** A file of an artifact: what its extractors throw becomes a problem, so nothing may get out. */
const file = (name: string, path: string, ...samples: Buffer[]): FuzzTarget => ({
  name,
  samples,
  read: inFile(path),
  mayThrow: false,
})

const rpmData = (name: string) =>
  readFileSync(new URL(`../../src/scan/inventory/ecosystems/rpm/testdata/${name}`, import.meta.url))

export const targets: readonly FuzzTarget[] = [
  { name: 'tar', samples: [tar], read: readTar, mayThrow: false },
  file('zip', 'app/a.jar', jar),
  file('rpm-sqlite', 'var/lib/rpm/rpmdb.sqlite', rpmData('sqlite/rpmdb.sqlite')),
  file('rpm-berkeley', 'var/lib/rpm/Packages', rpmData('berkeley/Packages'), rpmData('berkeley-big-endian/Packages')),
  file('dpkg', 'var/lib/dpkg/status', control),
  file('apk', 'lib/apk/db/installed', apk),
  file('npm', 'package-lock.json', lockFile),
  file('yarn', 'yarn.lock', yarn),
  file('pnpm', 'pnpm-lock.yaml', yaml),
  file('poetry', 'poetry.lock', toml),
  file('cargo', 'Cargo.lock', toml),
  file('composer', 'composer.lock', composerLock),
  file(
    'pom',
    'pom.xml',
    Buffer.from('<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version></project>'),
  ),
  { name: 'sbom', samples: bomText, read: input => inventoryOfSbom(input.toString(), 'sbom'), mayThrow: true },
  { name: 'yaml', samples: [yaml], read: input => parseYamlObject(input.toString()), mayThrow: true },
  { name: 'report', samples: [reportText], read: input => readReport(input.toString()), mayThrow: true },
  { name: 'database', samples: [await database()], read: readDatabase, mayThrow: true },
  ...sourceTargets,
  ...contentTargets,
]

function readTar(input: Buffer): void {
  const reader = createTarReader({
    visitor: { entry: () => ({ write() {}, end() {} }) },
    limits: { maxEntries: 1000, maxPathLength: 4096, maxLayerBytes: 1 << 30 },
    problem() {},
  })
  reader.feed(input)
  reader.end()
}

async function database(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-fuzz-'))
  try {
    const path = join(folder, 'advisories.jdb')
    const writer = createDatabaseWriter(path)
    for (const name of ['a', 'b', 'c'])
      writer.add({
        kind: 'record',
        ecosystem: 'npm',
        name,
        record: { id: 'CVE-2024-1', source: 'x', aliases: [], status: 'fixed', intervals: [{ fixed: '2' }] },
      })
    await writer.finish({ builtAt: '2026-01-02T00:00:00Z', updatedAt: {} })
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function readDatabase(input: Buffer): void {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-fuzz-'))
  try {
    const path = join(folder, 'advisories.jdb')
    writeFileSync(path, input)
    const advisories = openDatabase(path)
    try {
      for (const name of ['a', 'b', 'c', 'none']) advisories.find('npm', name)
    } finally {
      advisories.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
