import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Link, matchCables } from './cables.ts'
import { checkNetworks, hostRules, hostTable, insideRules, removal } from './rules.ts'

const id = '0123456789abcdef'.repeat(4)

test('the inner table drops all but loopback, and Docker’s resolver with it', () => {
  const rules = insideRules([])
  assert.equal(rules.match(/policy drop/g)?.length, 3)
  assert.match(rules, /ip daddr 127\.0\.0\.11 drop\n {4}oif "lo" accept/)
  assert.ok(rules.startsWith(removal('inet', 'jenner')), 'replaces what is there, in one transaction')
})

test('an allow-list by family', () => {
  const rules = insideRules(['10.0.0.0/24', '10.1.1.1', 'fd00::/8'])
  assert.match(rules, /ip daddr \{ 10\.0\.0\.0\/24, 10\.1\.1\.1 \} accept/)
  assert.match(rules, /ip6 saddr \{ fd00::\/8 \} accept/)
  assert.doesNotMatch(insideRules(['127.0.0.11']), /127\.0\.0\.11 drop/)
  const host = hostRules(id, ['veth1'], ['10.1.1.1'])
  assert.match(host, /iifname \{ "veth1" \} ip daddr \{ 10\.1\.1\.1 \} accept/)
  assert.match(host, /oifname \{ "veth1" \} drop/)
})

for (const bad of [
  '',
  'x',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '10.0.0.1; drop',
  'fe80::1%eth0',
  '10.0.0.0/-1',
  '::/129',
  '1.2.3.4/',
]) {
  test(`--allow ${bad} is refused`, () => assert.throws(() => checkNetworks([bad]), { code: 'usage' }))
}

test('names of interfaces cannot break out of the rules', () => {
  for (const name of ['a" accept', 'x\n', '', 'a'.repeat(16)])
    assert.throws(() => hostRules(id, [name], []), { code: 'response_failed' })
  assert.equal(hostTable(id), 'jenner_0123456789ab')
})

const link = (index: number, peer: number, name: string, kind = 'veth', master = ''): Link => ({
  index,
  peer,
  name,
  kind,
  master,
})
const lo = link(1, 0, 'lo', '')
const bridge = link(4, 0, 'br0', 'bridge')

const cases: [what: string, inside: Link[], outside: Link[], defaults: string[], names: string[], others: string[]][] =
  [
    [
      'a cable into a bridge',
      [lo, link(9, 10, 'eth0')],
      [lo, bridge, link(10, 9, 'veth1', 'veth', 'br0')],
      ['ens3'],
      ['veth1'],
      [],
    ],
    [
      'two cables',
      [link(9, 10, 'eth0'), link(11, 12, 'eth1')],
      [bridge, link(10, 9, 'v1', 'veth', 'br0'), link(12, 11, 'v2', 'veth', 'br0')],
      [],
      ['v1', 'v2'],
      [],
    ],
    ['only loopback', [lo, link(2, 0, 'tunl0', 'ipip')], [lo], ['ens3'], [], []],
    ['the other end is no veth', [link(9, 2, 'eth0')], [link(2, 9, 'ens3', '', 'br0'), bridge], [], [], ['eth0']],
    [
      'the other end is of another cable',
      [link(9, 10, 'eth0')],
      [bridge, link(10, 99, 'veth1', 'veth', 'br0')],
      [],
      [],
      ['eth0'],
    ],
    ['not in a bridge', [link(9, 10, 'eth0')], [link(10, 9, 'veth1')], [], [], ['eth0']],
    [
      'its master is no bridge',
      [link(9, 10, 'eth0')],
      [link(4, 0, 'bond0', 'bond'), link(10, 9, 'veth1', 'veth', 'bond0')],
      [],
      [],
      ['eth0'],
    ],
    [
      'it carries the default route',
      [link(9, 10, 'eth0')],
      [bridge, link(10, 9, 'veth1', 'veth', 'br0')],
      ['veth1'],
      [],
      ['eth0'],
    ],
    [
      'its bridge carries the default route',
      [link(9, 10, 'eth0')],
      [bridge, link(10, 9, 'veth1', 'veth', 'br0')],
      ['br0'],
      [],
      ['eth0'],
    ],
    ['macvlan', [link(9, 2, 'eth0', 'macvlan')], [link(2, 0, 'ens3', '')], ['ens3'], [], ['eth0']],
    [
      'the peer’s number is the host’s default interface',
      [link(9, 2, 'eth0')],
      [link(2, 9, 'ens3', 'veth', 'br0'), bridge],
      ['ens3'],
      [],
      ['eth0'],
    ],
  ]

for (const [what, inside, outside, defaults, names, others] of cases) {
  test(`cables: ${what}`, () => assert.deepEqual(matchCables(inside, outside, defaults), { names, others }))
}
