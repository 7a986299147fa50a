import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '../byte-source.ts'
import { openPrograms } from './open.ts'
import { readAddress } from './program.ts'
import { address, base, elfOf, machOOf, peOf, universalOf } from './testing.ts'

const body = Buffer.from('the section of which the name is asked for')
const programs: [name: string, bytes: Buffer, format: string, bits: number, at: number][] = [
  ['ELF, little endian', elfOf({ data: body }), 'elf', 64, address + base],
  ['ELF, big endian', elfOf({ data: body }, { little: false }), 'elf', 64, address + base],
  ['PE', peOf('data', body), 'pe', 64, address + 0x1000],
  ['Mach-O', machOOf('data', body), 'macho', 64, address],
  ['Mach-O, universal', universalOf(machOOf('data', body)), 'macho', 64, address],
]
for (const [name, bytes, format, bits, at] of programs) {
  test(`${name}: a section by its name, its bytes by their address`, () => {
    const [opened] = openPrograms(sourceOf(bytes))
    const { program, source } = opened!
    assert.deepEqual([program.format, program.bits], [format, bits])
    const section = program.sections.find(item => item.name === 'data')!
    assert.deepEqual(Buffer.from(source.read(section.offset, section.size)), body)
    assert.deepEqual(readAddress(program, source, at + 4, 7), body.subarray(4, 11))
    assert.equal(readAddress(program, source, at - 1, 1), undefined)
  })

  test(`${name}: cut short or with flipped bytes, it is mapped or none`, () => {
    for (let length = 0; length < bytes.length; length += 7) openPrograms(sourceOf(bytes.subarray(0, length)))
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = damaged[at]! ^ 0xff
      assert.ok(openPrograms(sourceOf(damaged)).length <= 1)
    }
  })
}

test('an ELF program without readable section headers still has its segments', () => {
  const bytes = elfOf({ data: body })
  bytes.writeBigUInt64LE(1n << 40n, 40)
  const [opened] = openPrograms(sourceOf(bytes))
  assert.deepEqual([opened!.program.sections.length, opened!.program.segments.length], [0, 1])
})

const none: [name: string, bytes: Buffer][] = [
  ['a DOS program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
  ['a Java class', Buffer.concat([Buffer.from('cafebabe00000041', 'hex'), Buffer.alloc(200)])],
  ['a script', Buffer.from(`#!/bin/sh\n${'echo hello\n'.repeat(20)}`)],
  ['nothing', Buffer.alloc(0)],
]
for (const [name, bytes] of none)
  test(`${name} is no program`, () => assert.deepEqual(openPrograms(sourceOf(bytes)), []))
