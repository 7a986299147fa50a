import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { address, base, elfOf, machOOf, peOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { gobinary } from './binary.ts'
import { stdlibVersion } from './go-version.ts'
import { versionOfLdflags } from './ldflags.ts'
import { parseModuleText } from './module-text.ts'

const modules = [
  'path\texample.com/app/cmd/app',
  'mod\texample.com/app\t(devel)\t',
  'dep\tgolang.org/x/net\tv0.17.0\th1:abc=',
  'dep\texample.com/old\tv1.0.0',
  '=>\texample.com/fork\tv1.0.1\th1:def=',
  'dep\texample.com/folder\tv0.1.0',
  '=>\t./folder\t(devel)\t',
  'build\t-ldflags="-s -X \'example.com/app/build.Version=2.3.4\'"',
  'build\tGOARCH=amd64',
  'build\tvcs.revision=0123456789abcdef0123456789abcdef01234567',
].join('\n')

const marked = Buffer.concat([Buffer.alloc(16, 1), Buffer.from(`${modules}\n`), Buffer.alloc(16, 2)])

const expected = ['example.com/app@v2.3.4', 'golang.org/x/net@v0.17.0', 'example.com/fork@v1.0.1', 'stdlib@1.21.5']

const forms: [name: string, bytes: Buffer][] = [
  ['inline strings, section named', elfOf({ '.text': Buffer.alloc(900), '.go.buildinfo': inline() })],
  [
    'inline strings, section names stripped',
    elfOf({ '.data': Buffer.concat([Buffer.alloc(1024), inline()]) }, { names: false }),
  ],
  ['inline strings in a PE file', peOf('.data', Buffer.concat([Buffer.alloc(1024), inline()]))],
  ['inline strings in a Mach-O file', machOOf('__go_buildinfo', inline())],
  ['pointers, little endian', pointers(true)],
  ['pointers, big endian', pointers(false)],
]
for (const [name, bytes] of forms) {
  test(`Go build information: ${name}`, () => {
    const packages = parse(bytes)!
    assert.deepEqual(
      packages.map(found => found.id),
      expected,
    )
    assert.equal(packages[0]!.relationship, 'root')
    assert.deepEqual(packages[0]!.dependsOn, expected.slice(1))
    assert.equal(packages[0]!.extra?.['vcs.revision'], '0123456789abcdef0123456789abcdef01234567')
    assert.equal(packages[2]!.extra?.replaces, 'example.com/old@v1.0.0')
  })
}

test('a program that is not Go, and a Java class, are nothing', () => {
  assert.equal(parse(elfOf({ '.text': Buffer.alloc(2048) })), undefined)
  assert.equal(parse(Buffer.concat([Buffer.from('cafebabe00000041', 'hex'), Buffer.alloc(2048)])), undefined)
})

test('build information that runs out of the file is an error', () => {
  const block = inline()
  block.writeUInt8(0xff, 32)
  block.writeUInt8(0xff, 33)
  block.writeUInt8(0x7f, 34)
  assert.throws(() => parse(elfOf({ '.go.buildinfo': block })), { name: 'JennerError' })
})

test('flipped bytes never end in anything but packages or a JennerError', () => {
  for (const [, bytes] of forms) {
    for (let at = 0; at < Math.min(bytes.length, 4096); at += 3) {
      const damaged = Buffer.from(bytes)
      damaged[at] = damaged[at]! ^ 0xff
      try {
        parse(damaged)
      } catch (error) {
        assert.equal((error as Error).name, 'JennerError', `byte ${at}: ${error}`)
      }
    }
  }
})

const goVersions: [string, string | undefined][] = [
  ['go1.22.1', '1.22.1'],
  ['go1.20.5 X:boringcrypto', '1.20.5'],
  ['go1.21rc2', '1.21.0-rc.2'],
  ['devel go1.23-abcdef Mon', '1.23'],
  ['1.21', '1.21'],
  ['devel +deadbeef', undefined],
]
for (const [text, version] of goVersions) test(`stdlib of ${text}`, () => assert.equal(stdlibVersion(text), version))

const ldflags: [flags: string, version: string | undefined][] = [
  ['-s -w -X main.version=1.2.3', '1.2.3'],
  ['-X=main.Version=v1.2.3', 'v1.2.3'],
  ['-X "example.com/app/internal.buildVersion=4.5.6-rc1" -X main.commit=abc', '4.5.6-rc1'],
  ['-X k8s.io/component-base/version.gitVersion=v1.30.0', undefined],
  ['-X main.version=1.0.0 -X example.com/app/x.version=2.0.0', '1.0.0'],
  ['-X example.com/app/y.version=1.0.0 -X example.com/app/x.version=2.0.0', undefined],
  ['-X main.version=dev', undefined],
  ['', undefined],
]
for (const [flags, version] of ldflags) {
  test(`version of -ldflags ${flags}`, () => assert.equal(versionOfLdflags(flags, 'example.com/app'), version))
}

test('settings with quotes and an own key __proto__', () => {
  const info = parseModuleText('build\t"a\\tb"="c d"\nbuild\t__proto__=x\nbuild\t-tags=`y z`\n')
  assert.deepEqual(
    [...info.settings],
    [
      ['a\tb', 'c d'],
      ['__proto__', 'x'],
      ['-tags', 'y z'],
    ],
  )
})

const go = spawnSync('go', ['version'], { encoding: 'utf8' })
const compiler = go.status === 0 ? false : 'needs a Go compiler on the path'
test('a program that the Go compiler made', { skip: compiler }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-go-'))
  try {
    writeFileSync(join(folder, 'go.mod'), 'module example.com/made\n\ngo 1.18\n')
    writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() {}\n')
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off', CGO_ENABLED: '0' }
    const made = spawnSync('go', ['build', '-o', 'made', '-ldflags', '-X main.version=7.8.9', '.'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    assert.equal(made.status, 0, made.stderr)
    const packages = parse(readFileSync(join(folder, 'made')))!
    assert.equal(packages[0]!.id, 'example.com/made@v7.8.9')
    assert.ok(go.stdout.includes(`go${packages[1]!.version}`), go.stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function blockHeader(flags: number): Buffer {
  const block = Buffer.alloc(32)
  block.write('\xff Go buildinf:', 0, 'latin1')
  block.set([8, flags], 14)
  return block
}

function inline(modules: Buffer = marked): Buffer {
  const length = Buffer.from([(modules.length & 0x7f) | 0x80, modules.length >> 7])
  return Buffer.concat([blockHeader(2), Buffer.from([8]), Buffer.from('go1.21.5'), length, modules])
}

/** Go before 1.18: the block points to string headers, which point to the strings. */
function pointers(little: boolean): Buffer {
  const block = blockHeader(little ? 0 : 1)
  const strings = Buffer.concat([Buffer.from('go1.21.5'), marked])
  const headers = Buffer.alloc(32)
  const at = address + base
  const stringsAt = at + 64
  const write = (buffer: Buffer, offset: number, value: number) =>
    little ? buffer.writeBigUInt64LE(BigInt(value), offset) : buffer.writeBigUInt64BE(BigInt(value), offset)
  write(block, 16, at + 32)
  write(block, 24, at + 48)
  write(headers, 0, stringsAt)
  write(headers, 8, 8)
  write(headers, 16, stringsAt + 8)
  write(headers, 24, marked.length)
  return elfOf({ '.go.buildinfo': Buffer.concat([block, headers, strings]) }, { little })
}

function parse(bytes: Buffer): FoundPackage[] | undefined {
  return gobinary.parse(memoryFile({ path: 'app', size: bytes.length, mode: 0o755 }, bytes)) as
    | FoundPackage[]
    | undefined
}

test('a plugin of Terraform by its name; a module that is guessed only with a version', () => {
  const plain = (text: string) => {
    const modules = Buffer.concat([Buffer.alloc(16, 1), Buffer.from(`${text}\n`), Buffer.alloc(16, 2)])
    return elfOf({ '.text': Buffer.alloc(900), '.go.buildinfo': inline(modules) })
  }
  const at = (path: string, text: string) => {
    const bytes = plain(text)
    const found = gobinary.parse(memoryFile({ path, size: bytes.length, mode: 0o755 }, bytes))
    return found!.map(({ id }) => id)
  }
  const provider =
    'path\tgithub.com/hashicorp/terraform-provider-aws\nmod\tgithub.com/hashicorp/terraform-provider-aws\t(devel)\t'
  assert.deepEqual(at('p/terraform-provider-aws_v5.100.0_x5', provider), [
    'github.com/hashicorp/terraform-provider-aws@v5.100.0',
    'stdlib@1.21.5',
  ])
  assert.deepEqual(at('x', 'path\tgithub.com/a/b/cmd/c'), ['stdlib@1.21.5'])
  assert.deepEqual(at('x', 'path\tgithub.com/a/b/cmd/c\nbuild\t-ldflags="-X main.version=1.2.3"'), [
    'github.com/a/b@v1.2.3',
    'stdlib@1.21.5',
  ])
})
