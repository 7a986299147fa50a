import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Descriptor } from '../../base/model/runtime.ts'
import { socketInfo } from './layout.ts'
import { applySockaddr, readSocket } from './sections.ts'

const mapped = (last: number) => Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, last])
const real = Buffer.from('20010db8000000000000000000000001', 'hex')

function socket(family: number, local: Buffer, remote: Buffer): Descriptor {
  const data = Buffer.alloc(socketInfo.size_)
  data.writeUInt16LE(family, socketInfo.family)
  data.writeUInt16LE(1, socketInfo.type)
  data.writeUInt16LE(6, socketInfo.protocol)
  data.writeUInt16LE(1, socketInfo.state)
  data.writeUInt16LE(4000, socketInfo.local_port)
  data.writeUInt16LE(443, socketInfo.remote_port)
  local.copy(data, socketInfo.local)
  remote.copy(data, socketInfo.remote)
  const fd: Descriptor = { num: 3, typechar: '?', name: '' }
  readSocket(data, 0, fd, false)
  return fd
}

for (const [what, family, local, remote, typechar, name] of [
  ['IPv4', 2, Buffer.from([10, 0, 0, 1]), Buffer.from([10, 0, 0, 2]), '4', '10.0.0.1:4000->10.0.0.2:443'],
  ['IPv6', 10, real, real, '6', '2001:db8::1:4000->2001:db8::1:443'],
  ['IPv4 through a socket of IPv6', 10, mapped(1), mapped(2), '4', '10.0.0.1:4000->10.0.0.2:443'],
] as const)
  test(`a connection of ${what}`, () => {
    const fd = socket(family, local, remote)
    assert.deepEqual([fd.typechar, fd.name], [typechar, name])
  })

test('an unconnected socket of IPv6 that is told an address of IPv4', () => {
  const fd = socket(10, Buffer.alloc(16), Buffer.alloc(16))
  assert.equal(fd.typechar, '6')
  fd.remotePort = 0
  const address = Buffer.alloc(28)
  address.writeUInt16LE(10, 0)
  address.writeUInt16BE(53, 2)
  mapped(9).copy(address, 8)
  assert.equal(applySockaddr(address, 0, 28, fd, false), '10.0.0.9:53')
  assert.deepEqual([fd.typechar, fd.remoteIp, fd.remotePort], ['4', '10.0.0.9', 53])
})
