import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { foundIn } from '../../check-extractor.ts'
import { parseCopyright } from './copyright.ts'
import { dpkg } from './dpkg.ts'
import { parseStatus } from './status.ts'

const names = (text: string, assumePresent = false) => parseStatus(text, assumePresent).map(({ pkg }) => pkg.name)

suite('status', () => {
  const states: [string, boolean][] = [
    ['install ok installed', true],
    ['deinstall ok installed', true],
    ['hold ok installed', true],
    ['install ok unpacked', true],
    ['install ok half-configured', true],
    ['install ok triggers-pending', true],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
    ['install reinstreq half-installed', false],
    ['', false],
    ['installed', false],
  ]
  for (const [status, expected] of states) {
    test(`"${status}" is ${expected ? '' : 'not '}there`, () => {
      assert.deepEqual(names(`Package: a\nStatus: ${status}\nVersion: 1\n`), expected ? ['a'] : [])
    })
  }

  test('without a Status: there in status.d, and where no paragraph has one, as no dpkg writes it', () => {
    const stanza = (name: string, more = '') => `Package: ${name}\n${more}Version: 1\n\n`
    const mixed = stanza('a') + stanza('b', 'Status: install ok installed\n')
    assert.deepEqual(
      [names(mixed), names(mixed, true), names(stanza('a') + stanza('c'))],
      [['b'], ['a', 'b'], ['a', 'c']],
    )
  })

  const sources: [string, { name: string; version: string }][] = [
    ['', { name: 'p', version: '2:1-1+b1' }],
    ['Source: s\n', { name: 's', version: '2:1-1+b1' }],
    ['Source: s (2:1-1)\n', { name: 's', version: '2:1-1' }],
    ['Source: s(1)\n', { name: 's', version: '1' }],
    ['source:   s (1)  \n', { name: 's', version: '1' }],
  ]
  for (const [field, expected] of sources) {
    test(`source of ${JSON.stringify(field)}`, () => {
      const [found] = parseStatus(`Package: p\nVersion: 2:1-1+b1\n${field}`, true)
      assert.deepEqual(found?.pkg.source, expected)
    })
  }

  test('folded lines, carriage returns, comments, blank lines of blanks, no newline at the end', () => {
    const text =
      'Package: a\r\nVersion: 1\r\nDescription: x\r\n Package: no\r\n .\r\n# c\r\n \r\nPackage: b\r\nVersion: 2'
    assert.deepEqual(
      parseStatus(text, true).map(({ pkg }) => [pkg.name, pkg.version, pkg.lines]),
      [
        ['a', '1', { start: 1, end: 6 }],
        ['b', '2', { start: 8, end: 9 }],
      ],
    )
  })

  test('paragraphs without a name or version and lines that are no fields are told once', () => {
    const problems: string[] = []
    const text = 'Package: a\n\nVersion: 1\n\ngarbage\nmore\n\nPackage: b\nVersion: 1\n'
    const found = parseStatus(text, true, (code, detail) => problems.push(`${code} ${detail}`))
    assert.deepEqual(
      found.map(({ pkg }) => pkg.name),
      ['b'],
    )
    assert.deepEqual(problems, [
      'malformed lines 1 to 1: a package without name or version',
      'malformed line 5 is no field',
    ])
  })

  test('a field of 20 MB and a hundred thousand paragraphs take no second each', () => {
    const start = performance.now()
    parseStatus(`Package: a\nVersion: 1\nConffiles:\n${' /etc/x 0\n'.repeat(2_000_000)}`, true)
    assert.equal(names('Package: a\nVersion: 1\n\n'.repeat(100_000), true).length, 100_000)
    assert.ok(performance.now() - start < 5_000)
  })

  test('dependencies: alternatives, versions, architectures', () => {
    const [found] = parseStatus(
      'Package: a\nVersion: 1\nPre-Depends: z\nDepends: b (>= 1) | c:any, d [amd64],\n e\nProvides: f (= 1), g',
      true,
    )
    assert.deepEqual(found?.depends, [['z'], ['b', 'c'], ['d'], ['e']])
    assert.deepEqual(found?.provides, ['f', 'g'])
  })
})

test('copyright files: DEP-5 fields and pointers to common licences', () => {
  const text = [
    'License: GPL-2+ and (MIT or BSD-3-clause)',
    ' text',
    'License: Apache-2.0',
    'see /usr/share/common-licenses/LGPL-2.1.',
    'License: this sentence is much too long to be the name of a licence, whoever wrote it here was writing prose instead',
  ].join('\n')
  assert.deepEqual(parseCopyright(text), ['Apache-2.0', 'BSD-3-clause', 'GPL-2+', 'LGPL-2.1', 'MIT'])
})

suite('assembled', () => {
  const assemble = (files: Record<string, string>): FoundPackage[] => {
    const facts = new Map(
      Object.entries(files).flatMap(([path, text]) => {
        const data = Buffer.from(text)
        const value = dpkg.parse(memoryFile({ path, size: data.length, mode: 0o644 }, data))
        return value === undefined ? [] : [[path, value] as const]
      }),
    )
    const view: FactView<never> = {
      files: [...facts].map(([path, value]) => ({ path, facts: value as never })),
      get: path => facts.get(path) as never,
    }
    return dpkg.assemble!(view)
  }

  test('dpkg: files, licences, dependencies', () => {
    const status = 'Status: install ok installed\nVersion: 1\nArchitecture: amd64\n'
    const [a, b] = assemble({
      'var/lib/dpkg/status': `Package: a\n${status}Depends: nothing | virtual, missing\n\nPackage: b\n${status}Provides: virtual\n`,
      'var/lib/dpkg/info/a.list': '/.\n/usr\n/usr/bin\n/usr/bin/a\n',
      'var/lib/dpkg/info/b:amd64.list': '/.\n/usr/lib/b\n',
      'usr/share/doc/a/copyright': 'License: MIT\n',
    })
    assert.deepEqual(
      [a?.files, b?.files, a?.licenses, a?.dependsOn],
      [['usr', 'usr/bin', 'usr/bin/a'], ['usr/lib/b'], ['MIT'], ['b:amd64']],
    )
  })

  test('distroless: a file a package, and its md5sums', () => {
    const [a] = assemble({
      'var/lib/dpkg/status.d/a': 'Package: a\nVersion: 1\n',
      'var/lib/dpkg/status.d/a.md5sums': `${'0'.repeat(32)}  usr/bin/a\n${'1'.repeat(32)}  ./usr/bin/b c\n`,
    })
    assert.deepEqual([a?.path, a?.files], ['var/lib/dpkg/status.d/a', ['usr/bin/a', 'usr/bin/b c']])
  })
})

test('opkg: a status file with its lists, or where there is none what it keeps of each package', () => {
  const control = 'Package: ubus\nVersion: 2024.10.20-r1\nArchitecture: mips\n'
  const read = (contents: Record<string, string>) =>
    foundIn(dpkg, contents).map(({ name, version, path, files }) => [name, version, path, files])
  const list = { 'usr/lib/opkg/info/ubus.list': '/bin/ubus\n/sbin/ubusd\n' }
  const info = { 'usr/lib/opkg/info/ubus.control': control, ...list }
  assert.deepEqual(read(info), [
    ['ubus', '2024.10.20-r1', 'usr/lib/opkg/info/ubus.control', ['bin/ubus', 'sbin/ubusd']],
  ])
  const status = { 'usr/lib/opkg/status': `${control}Status: install user installed\n` }
  assert.deepEqual(read({ ...info, ...status }), [
    ['ubus', '2024.10.20-r1', 'usr/lib/opkg/status', ['bin/ubus', 'sbin/ubusd']],
  ])
})

test('a state that dpkg does not know, as of a file that was cut, is told once', () => {
  const problems: string[] = []
  const text =
    'Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: deinstall ok config-files\nVersion: 1\n\nPackage: c\nStatus: install ok inst'
  const found = parseStatus(text, false, (_, detail) => void problems.push(detail))
  assert.deepEqual([found.length, problems], [1, ['lines 9 to 10: state "install ok inst" is none of dpkg\'s']])
})
