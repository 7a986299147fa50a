import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { addressAllowed, networkOf } from './address.ts'

const never = [
  '169.254.169.254',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '100.100.100.200',
  '192.0.0.192',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '::ffff:0:a9fe:a9fe',
  '::169.254.169.254',
  '::a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:0::169.254.169.254',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '2001:0:1:2:3:4:5601:5601',
  'metadata.internal',
  '2852039166',
  '',
]
const loopback = ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1']
const fine = ['10.0.0.9', '192.168.1.1', '8.8.8.8', '2001:db8::1', 'fd12::1', '::ffff:10.0.0.9', '2606:4700::1111']

test('what tells of the machine is never spoken to, however it is written; loopback where it is allowed', () => {
  for (const address of never) equal(addressAllowed(address, { allowLoopback: true }), false, address)
  for (const address of loopback) {
    equal(addressAllowed(address), false, address)
    equal(addressAllowed(address, { allowLoopback: true }), true, address)
  }
  for (const address of fine) equal(addressAllowed(address), true, address)
})

test('addresses are counted by the network that one customer has', () => {
  const cases: [string, string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['socket', 'socket'],
  ]
  for (const [address, network] of cases) equal(networkOf(address), network)
})
