import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { elfOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { busyboxCopies } from './busybox.ts'

const banner = 'BusyBox v1.36.1 (2023-11-07 18:53:09 UTC)\0 multi-call binary.\n\0'
const program = (text: string) => elfOf({ '.rodata': Buffer.from(`${text}${'x'.repeat(32_000)}`, 'latin1') })

function foundAt(contents: Record<string, string>): string[] {
  const files = Object.entries(contents).flatMap(([path, text]) => {
    const bytes = program(text)
    const facts = busyboxCopies.parse(memoryFile({ path, size: bytes.length, mode: 0o755 }, bytes))
    return facts ? [{ path, facts }] : []
  })
  return busyboxCopies.assemble!({ files, get: () => undefined }).map(
    ({ name, version, path }) => `${name} ${version} ${path}`,
  )
}

test('a copy under any name, one for each folder and version', () => {
  deepEqual(
    foundAt({
      'bin/ls': banner,
      'bin/sh': banner,
      'opt/rescue/tool': banner,
      'opt/rescue/old': banner.replace('1.36.1', '1.20.0'),
    }),
    ['busybox 1.36.1 bin/ls', 'busybox 1.36.1 opt/rescue/tool', 'busybox 1.20.0 opt/rescue/old'],
  )
})

test('beside one of its own name none stands', () => {
  deepEqual(foundAt({ 'bin/[': banner, 'bin/sh': banner, 'sbin/busybox.suid': banner, 'sbin/init': banner }), [])
})

test('a program that speaks of BusyBox is none', () => {
  deepEqual(
    foundAt({ 'usr/bin/x': 'needs BusyBox v1.20 or later', 'usr/bin/y': 'BusyBox version, multi-call binary' }),
    [],
  )
})
