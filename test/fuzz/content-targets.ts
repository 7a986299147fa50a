import { gzipSync, zstdCompressSync } from 'node:zlib'
import { toLicenseExpression } from '../../src/base/licenses/expression.ts'
import { zipOf } from '../../src/base/zip-testing.ts'
import { tarOf } from '../../src/scan/image/testing.ts'
import { classifyLicense } from '../../src/scan/licenses/classify.ts'
import { licensesOfPackage } from '../../src/scan/licenses/judge.ts'
import { defaultArchiveLimits } from '../../src/scan/malware/archives/limits.ts'
import { createArchiveOpener } from '../../src/scan/malware/archives/open.ts'
import { arOf, cpioOf, rpmOf } from '../../src/scan/malware/archives/testing.ts'
import { openClamav } from '../../src/scan/malware/clamav/engine.ts'
import { hashesOf } from '../../src/scan/malware/hashes.ts'
import { openHeuristics } from '../../src/scan/malware/heuristics/engine.ts'
import { fileOf } from '../../src/scan/malware/testing.ts'
import { findSecrets } from '../../src/scan/secrets/find.ts'
import { maskConfig, secretsOfConfig } from '../../src/scan/secrets/image-config.ts'
import type { FuzzTarget } from './target.ts'

const heuristics = openHeuristics()
const archives = createArchiveOpener({ ...defaultArchiveLimits, bytes: 8 << 20, entries: 1000 })
const policy = { allow: ['MIT*'], deny: ['GPL-*'] }
const source = { ruleSet: 'fuzz', author: '', licence: '' }
const secretText = Buffer.from(
  'db_password = "tr0ub4dor9"\nurl=postgres://a:b1c2d3@h/x\n<password>abc123def</password>\ncurl -u a:b4rbaz9 x\n',
)
const configText = Buffer.from(
  '{"config":{"Env":["A=b","DB_PASSWORD=tr0ub4dor9"],"Labels":{"x":"y"}},"history":[{"created_by":"RUN x"}]}',
)

/** What is looked at for secrets, malware and licences: nothing of it throws, whatever stands there. */
export const contentTargets: readonly FuzzTarget[] = [
  {
    name: 'secrets',
    samples: [secretText, Buffer.alloc(100)],
    read: input => findSecrets(input, '.env'),
    mayThrow: false,
  },
  { name: 'image-config', samples: [configText], read: readConfig, mayThrow: false },
  {
    name: 'license-expression',
    samples: [
      Buffer.from('(MIT OR Apache-2.0) AND GPL-2+ with Classpath exception'),
      Buffer.from('GPL (>= 2) | MIT + file LICENSE'),
    ],
    read: input => [
      toLicenseExpression([input.toString()]),
      licensesOfPackage({ licenses: [input.toString()] }, policy),
    ],
    mayThrow: false,
  },
  {
    name: 'license-text',
    samples: [
      Buffer.from('Permission is hereby granted, free of charge, to any person obtaining a copy of this software'),
    ],
    read: input => classifyLicense(input.toString()),
    mayThrow: false,
  },
  {
    name: 'ldb',
    samples: [
      Buffer.from('A;Target:0;(0|1)&2;76616363696e65;766163??6e65;(61|62){2-9}6e646f6e'),
      Buffer.from('A;Target:0;(0>1,2|1)&2;7661!(62|63)696e65::i;0/vac+ine/si;0(>>5#dle2#>10,<0x20)'),
    ],
    read: input => scanWith('ldb', input),
    mayThrow: false,
  },
  {
    name: 'ndb',
    samples: [Buffer.from('A:0:EOF-9,20:76616363*696e{2-9}65??:51:255'), Buffer.from('A:1:S0+4:7661!(62|63)696e65')],
    read: input => scanWith('ndb', input),
    mayThrow: false,
  },
  {
    name: 'archives',
    samples: archiveSamples(),
    read: input =>
      archives.open(fileOf('a', input), {
        wants: () => true,
        judge: file => file.read(0, file.size),
        problem: () => {},
      }),
    mayThrow: false,
  },
  {
    name: 'heuristics',
    samples: [Buffer.from('{"scripts":{"postinstall":"node x.js"}}'), Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
    read: input =>
      ['a/package.json', 'setup.py', 'x.php', 'bin/x'].map(path =>
        heuristics.scan(fileOf(path, input), hashesOf(fileOf(path, input))),
      ),
    mayThrow: false,
  },
]

function readConfig(input: Buffer): unknown {
  let config: unknown
  try {
    config = JSON.parse(input.toString())
  } catch {
    return undefined
  }
  if (typeof config !== 'object' || config === null) return undefined
  return [secretsOfConfig(config as Record<string, unknown>), maskConfig(config)]
}

function archiveSamples(): Buffer[] {
  const data = Buffer.from('what is in it, whatever is around it')
  const tar = tarOf([
    { name: 'a/b', data },
    { name: 'c', data: zipOf({ d: data }) },
  ])
  const cpio = cpioOf([{ name: 'a', data }])
  const deb = arOf([
    { name: 'debian-binary', data: Buffer.from('2.0\n') },
    { name: 'data.tar.gz', data: gzipSync(tar) },
  ])
  return [
    zipOf({ a: data, 'b.zip': zipOf({ c: data }) }),
    tar,
    gzipSync(tar),
    zstdCompressSync(tar),
    cpio,
    rpmOf(gzipSync(cpio)),
    deb,
  ]
}

function scanWith(kind: 'ldb' | 'ndb', input: Buffer): unknown {
  const none = { hashes: [], ndb: [], ldb: [], sections: [], ignored: [], harmless: [] }
  const opened = openClamav({ ...none, [kind]: [{ name: `a.${kind}`, text: input.toString('latin1') }] }, source)
  return opened?.engine.scan(fileOf('a', input), hashesOf(fileOf('a', input)))
}
