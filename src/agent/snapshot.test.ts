import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerInfo } from '../base/model/runtime.ts'
import { someContainer } from '../runtime/fields/testing.ts'
import { seenContainer } from './snapshot.ts'

const port = (hostIp: string, hostPort = 8080) => ({ containerPort: 80, protocol: 'tcp', hostIp, hostPort })

const ports: [name: string, given: ContainerInfo['ports'], told: string[]][] = [
  ['both families are one door', [port('0.0.0.0'), port('::')], ['0.0.0.0']],
  ['IPv6 alone stays', [port('::')], ['::']],
  ['other ports are others', [port('0.0.0.0'), port('::', 9090)], ['0.0.0.0', '::']],
  ['none', undefined, []],
]

for (const [name, given, told] of ports)
  test(`ports: ${name}`, () => {
    const info = someContainer(given === undefined ? {} : { ports: given })
    if (given === undefined) delete info.ports
    assert.deepEqual(
      seenContainer(info, undefined, [], 0).ports.map(({ hostIp }) => hostIp),
      told,
    )
  })

test('the owner is the compose project, else the label owner or maintainer', () => {
  const ownerOf = (over: Partial<ContainerInfo>) => {
    const info = someContainer(over)
    if (!('composeProject' in over)) delete info.composeProject
    delete info.pod
    return seenContainer(info, undefined, [], 0).owner
  }
  assert.equal(ownerOf({ composeProject: 'shop', labels: { owner: 'kim' } }), 'shop')
  assert.equal(ownerOf({ labels: { owner: 'kim', maintainer: 'lee' } }), 'kim')
  assert.equal(ownerOf({ labels: { maintainer: 'lee' } }), 'lee')
  assert.equal(ownerOf({ labels: {} }), undefined)
})
