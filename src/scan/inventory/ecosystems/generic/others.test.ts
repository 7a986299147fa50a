import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyExtractor } from '../../../../base/model/ecosystem.ts'
import { elfOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { foundIn, named } from '../../check-extractor.ts'
import { elfNote } from './elf-note.ts'
import { linuxKernel } from './kernel.ts'
import { javaRuntime, runtimeVersion } from './runtimes.ts'

const parse = (extractor: AnyExtractor, path: string, bytes: Buffer) =>
  extractor.parse(memoryFile({ path, size: bytes.length, mode: 0o755 }, bytes))

function note(text: string, type = 0xcafe1a7e): Buffer {
  const body = Buffer.from(`${text}\0`.padEnd(Math.ceil((text.length + 1) / 4) * 4, '\0'))
  const head = Buffer.alloc(16)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(text.length + 1, 4)
  head.writeUInt32LE(type, 8)
  head.write('FDO', 12)
  return Buffer.concat([head, body])
}

test('the package that a program was built as', () => {
  const text =
    '{"type":"rpm","name":"bash","version":"5.2.26-3.fc40","architecture":"x86_64","osCpe":"cpe:/o:fedoraproject:fedora:40"}'
  deepEqual(parse(elfNote, 'usr/bin/x', elfOf({ '.note.package': note(text) })), [
    {
      name: 'bash',
      version: '5.2.26-3.fc40',
      type: 'rpm',
      arch: 'x86_64',
      extra: { osCpe: 'cpe:/o:fedoraproject:fedora:40' },
      purl: 'pkg:rpm/fedora/bash@5.2.26-3.fc40?arch=x86_64&distro=fedora-40',
    },
  ])
  equal(parse(elfNote, 'usr/bin/x', elfOf({ '.note.package': note(text, 1) })), undefined)
  equal(parse(elfNote, 'usr/bin/x', elfOf({ '.text': Buffer.alloc(64) })), undefined)
})

const notes: [what: string, note: object, purl: string | undefined][] = [
  ['os and osVersion', { type: 'deb', os: 'ubuntu', osVersion: '24.10' }, 'pkg:deb/ubuntu/x@1?distro=ubuntu-24.10'],
  ['os alone', { type: 'apk', os: 'wolfi' }, 'pkg:apk/wolfi/x@1?distro=wolfi'],
  ['a CPE', { type: 'rpm', osCpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' }, 'pkg:rpm/redhat/x@1?distro=rhel-9'],
  ['a CPE 2.3', { type: 'rpm', osCpe: 'cpe:2.3:o:amazon:amazon_linux:2023' }, 'pkg:rpm/amzn/x@1?distro=amzn-2023'],
  ['nothing', { type: 'rpm' }, undefined],
  ['a CPE of nobody', { type: 'rpm', osCpe: 'cpe:/o:some:body:1' }, undefined],
  ['a text that is no ID', { type: 'deb', os: 'De bian/..' }, undefined],
  ['no distribution’s package', { type: 'other', os: 'debian' }, undefined],
]
for (const [what, stated, purl] of notes)
  test(`whose package a program was built as, by ${what}`, () => {
    const bytes = elfOf({ '.note.package': note(JSON.stringify({ name: 'x', version: '1', ...stated })) })
    equal(parse(elfNote, 'usr/bin/x', bytes)?.[0]?.purl, purl)
  })

test('kernels by their boot header or banner', () => {
  const image = Buffer.alloc(0x3000)
  image.writeUInt32LE(0x53726448, 0x202)
  image.writeUInt16LE(0x1000, 0x20e)
  image.write('6.1.0-18-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian 6.1.76-1\0', 0x1200)
  deepEqual(named(foundIn(linuxKernel, { 'boot/vmlinuz-6.1.0-18-amd64': image })), ['linux 6.1.0-18-amd64'])
  const plain = Buffer.concat([Buffer.alloc(0x2000), Buffer.from('Linux version 6.6.8-0-virt (buildozer@x)')])
  deepEqual(named(foundIn(linuxKernel, { 'boot/Image': plain })), ['linux 6.6.8-0-virt'])
  deepEqual(foundIn(linuxKernel, { 'boot/vmlinuz': Buffer.alloc(0x2000) }), [])
})

test('modules that are not the kernel’s own', () => {
  const module = elfOf({
    '.modinfo': Buffer.from('version=535.154.05\0license=NVIDIA\0vermagic=6.1.0-18-amd64 SMP\0name=nvidia\0'),
  })
  deepEqual(foundIn(linuxKernel, { 'lib/modules/6.1.0-18-amd64/updates/dkms/nvidia.ko': module }), [
    { name: 'nvidia', version: '535.154.05', licenses: ['NVIDIA'], extra: { kernel: '6.1.0-18-amd64' } },
  ])
})

test('Java runtimes', () => {
  const text = (lines: string[]) => `${lines.join('\n')}\n`
  const temurin = text(['IMPLEMENTOR="Eclipse Adoptium"', 'JAVA_RUNTIME_VERSION="17.0.9+9"', 'JAVA_VERSION="17.0.9"'])
  deepEqual(named(foundIn(javaRuntime, { 'opt/java/openjdk/release': temurin })), ['openjdk 17.0.9+9'])
  deepEqual(named(foundIn(javaRuntime, { 'jdk/release': text(['JAVA_VERSION="1.8.0_392"']) })), ['openjdk 1.8.0_392'])
  deepEqual(foundIn(javaRuntime, { 'etc/release': 'Debian 12\n' }), [])
})

test('toolchains that state their version in a file', () => {
  const files = {
    'usr/local/go/VERSION': 'go1.21.5\ntime 2023-11-29T21:21:46Z\n',
    'usr/share/go-1.19/VERSION': 'go1.19.8',
    'usr/lib/erlang/releases/25/OTP_VERSION': '25.2.3\n',
    'usr/lib/dart-sdk/version': '3.2.3\n',
    'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/.version': 'bf5e279d9239bfef5bb1b8d6212f1b971c434606\n8.0.1\n',
  }
  deepEqual(named(foundIn(runtimeVersion, files)), [
    'go 1.21.5',
    'go 1.19.8',
    'erlang 25.2.3',
    'dart 3.2.3',
    'dotnet 8.0.1',
  ])
})
