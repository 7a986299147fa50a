import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portText } from './ports.ts'

test('ports as docker ps shows them', () => {
  const cases: [hostIp: string, hostPort: number, protocol: string, text: string][] = [
    ['0.0.0.0', 8080, 'tcp', '*:8080→80'],
    ['::', 8080, 'tcp', '*:8080→80'],
    ['127.0.0.1', 8080, 'tcp', '127.0.0.1:8080→80'],
    ['fe80::1', 53, 'udp', '[fe80::1]:53→80/udp'],
    ['', 0, 'tcp', '80'],
  ]
  for (const [hostIp, hostPort, protocol, text] of cases)
    assert.equal(portText({ hostIp, hostPort, protocol, containerPort: 80, exposed: false }), text)
})
