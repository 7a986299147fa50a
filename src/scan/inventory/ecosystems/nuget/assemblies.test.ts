import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { elfOf, peOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { foundIn, named } from '../../check-extractor.ts'
import { assemblies } from './assemblies.ts'
import { dotnetBundle } from './bundle.ts'

/** A version resource: the mark, then the texts, each padded as the structure has it. */
function resource(values: Record<string, string>): Buffer {
  let bytes = Buffer.concat([Buffer.alloc(6), Buffer.from('VS_VERSION_INFO\0', 'utf16le')])
  for (const [key, value] of Object.entries(values)) {
    bytes = Buffer.concat([bytes, Buffer.alloc(6), Buffer.from(`${key}\0`, 'utf16le')])
    bytes = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length & 3)) & 3), Buffer.from(`${value}\0`, 'utf16le')])
    bytes = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length & 3)) & 3)])
  }
  return bytes
}

const dll = (values: Record<string, string>, managed = true) =>
  peOf('.rsrc', Buffer.concat([resource(values), Buffer.from(managed ? 'BSJB' : ''), Buffer.alloc(2048)]))

test('assemblies by their version resource', () => {
  const found = foundIn(assemblies, {
    'app/Newtonsoft.Json.dll': dll({
      CompanyName: 'Newtonsoft',
      FileVersion: '13.0.1.25517',
      ProductVersion: '13.0.1+ae9fe44',
    }),
    'app/Old.dll': dll({ FileVersion: '2.1.0.0' }),
    'app/Tool.exe': dll({ FileVersion: '3.0.0.0' }),
    'app/native.exe': dll({ FileVersion: '4.0.0.0' }, false),
    'app/native.dll': dll({ FileVersion: '1.2.3' }, false),
    'other/Stated.dll': dll({ FileVersion: '1.0.0.0' }),
    'other/app.deps.json': '{}',
    'other/ko/Stated.resources.dll': dll({ FileVersion: '1.0.0.0' }),
  })
  deepEqual(named(found), ['Newtonsoft.Json 13.0.1', 'Old 2.1.0', 'Tool 3.0.0'])
  deepEqual(found[0]!.extra?.vendor, 'Newtonsoft')
})

test('a single-file program', () => {
  const deps = Buffer.from(
    JSON.stringify({
      padding: ' '.repeat(4096),
      targets: { t: { 'Serilog/2.10.0': { runtime: { 'x.dll': {} } } } },
      libraries: { 'Serilog/2.10.0': { type: 'package' } },
    }),
  )
  const host = elfOf({ '.data': Buffer.alloc(70_000) })
  const signature = Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex')
  const header = Buffer.alloc(13 + 4 + 40)
  const headerAt = host.length + deps.length
  host.writeBigInt64LE(BigInt(headerAt), 60_000)
  signature.copy(host, 60_008)
  header.writeUInt32LE(6, 0)
  header.writeUInt32LE(1, 8)
  header.writeUInt8(4, 12)
  header.write('abcd', 13)
  header.writeBigInt64LE(BigInt(host.length), 17)
  header.writeBigInt64LE(BigInt(deps.length), 25)
  const parse = (bytes: Buffer) =>
    dotnetBundle.parse(memoryFile({ path: 'app', size: bytes.length, mode: 0o755 }, bytes))
  deepEqual(named(parse(Buffer.concat([host, deps, header])) ?? []), ['Serilog 2.10.0'])
  equal(parse(elfOf({ '.data': Buffer.alloc(70_000) })), undefined)
})
