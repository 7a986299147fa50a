import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '../../base/model/package.ts'
import { concerns, type DecisionFacts, decide, type Subject } from './decide.ts'
import { fits } from './glob.ts'
import { createOwners, normal, ownedFiles } from './owners.ts'
import { reasonsOf, type ScoreFacts, scoreOf } from './score.ts'
import { longEnough, watchedWell } from './watched.ts'

const plain: ScoreFacts = { kev: 0, running: 1, in_use: 1, reach: 0, epss: -1, cvss: 5, severity: 2, fixed: '' }

test('the order: KEV, loaded, reachable, EPSS, severity, CVSS, a fix', () => {
  /** Each stands before the next one, which has all that counts less. */
  const everything = { running: 1, in_use: 2, reach: 3, epss: 0.99, cvss: 10, severity: 0, fixed: '1' }
  const nothing = { running: 0, in_use: 1, reach: 0, epss: 0, cvss: -1, severity: 3, fixed: '' }
  const order: [name: string, facts: ScoreFacts][] = [
    ['ransomware, running nowhere', { ...nothing, kev: 2 }],
    ['KEV with everything', { ...everything, kev: 1 }],
    ['KEV, running nowhere', { ...nothing, kev: 1 }],
    ['loaded, unreachable, unlikely', { ...nothing, kev: 0, running: 1, in_use: 2 }],
    ['running, nobody knows whether loaded, with everything', { ...everything, kev: 0, in_use: 1 }],
    ['running and not known, unreachable', { ...nothing, kev: 0, running: 1, in_use: 1 }],
    ['running and not loaded, with everything', { ...everything, kev: 0, in_use: 0 }],
    ['running and not loaded', { ...nothing, kev: 0, running: 1, in_use: 0 }],
    ['running nowhere, with everything', { ...everything, kev: 0, running: 0 }],
    ['running nowhere', { ...nothing, kev: 0 }],
  ]
  const names = order.toSorted((a, b) => scoreOf(b[1]) - scoreOf(a[1])).map(([name]) => name)
  deepEqual(
    names,
    order.map(([name]) => name),
  )
})

test('within alike use: reach, then likelihood, then severity, then CVSS, then a fix; what is not known is not "no"', () => {
  const better: [ScoreFacts, ScoreFacts][] = [
    [
      { ...plain, reach: 1 },
      { ...plain, reach: 2, epss: 0.99, cvss: 10, severity: 0 },
    ],
    [
      { ...plain, reach: 2 },
      { ...plain, epss: 0.99, cvss: 10, severity: 0 },
    ],
    [
      { ...plain, epss: 0.6 },
      { ...plain, epss: 0.3, severity: 0, cvss: 10 },
    ],
    [
      { ...plain, epss: -1 },
      { ...plain, epss: 0.001 },
    ],
    [
      { ...plain, epss: 0.02 },
      { ...plain, epss: -1 },
    ],
    [
      { ...plain, severity: 1, cvss: 1 },
      { ...plain, severity: 2, cvss: 10 },
    ],
    [
      { ...plain, severity: 4, cvss: 6 },
      { ...plain, severity: 2, cvss: 5 },
    ],
    [
      { ...plain, cvss: 5.1 },
      { ...plain, cvss: 5, fixed: '1' },
    ],
    [{ ...plain, fixed: '1' }, plain],
    [
      { ...plain, in_use: 1 },
      { ...plain, in_use: 0 },
    ],
  ]
  for (const [first, second] of better) ok(scoreOf(first) > scoreOf(second), JSON.stringify([first, second]))
  ok(
    Number.isSafeInteger(
      scoreOf({ kev: 2, running: 9, in_use: 2, reach: 3, epss: 1, cvss: 10, severity: 0, fixed: 1 }),
    ),
  )
})

test('reasons are codes with numbers', () => {
  deepEqual(reasonsOf({ ...plain, kev: 2, in_use: 2, reach: 3, epss: 0.944, fixed: '1' }), [
    'kev',
    'ransomware',
    'loaded',
    'exposed',
    'privileged',
    'epss:0.944',
    'cvss:5.0',
    'fix',
  ])
  deepEqual(reasonsOf({ ...plain, running: 0, in_use: 2, reach: 3, cvss: -1 }), ['severity:MEDIUM'])
})

test('"not loaded" needs every container watched from its start, for a day, without a loss', () => {
  const start = 1_000_000
  const now = start + longEnough
  const well = { startedAt: start, since: start, lost: 0 }
  equal(watchedWell([well], now), true)
  const cases = [
    [],
    [{ ...well, since: start + 1 }],
    [{ ...well, since: undefined }],
    [{ ...well, startedAt: undefined }],
    [{ ...well, lost: 1 }],
    [well, { ...well, since: undefined }],
    [{ ...well, startedAt: start + 1, since: start }],
  ]
  for (const watched of cases) equal(watchedWell(watched, now), false, JSON.stringify(watched))
})

function pkg(more: Partial<Package>): Package {
  return {
    id: 'x',
    name: 'x',
    version: '1',
    type: 'deb',
    purl: 'pkg:x',
    foundBy: 'debian',
    path: '',
    licenses: [],
    dependsOn: [],
    ...more,
  }
}

test('files are joined with the package that owns them', () => {
  const packages = [
    pkg({ files: ['lib/x86_64-linux-gnu/libz.so.1', 'usr/share/doc/zlib1g'] }),
    pkg({ type: 'npm', foundBy: 'node-pkg', path: 'app/node_modules/a/package.json' }),
    pkg({ type: 'npm', foundBy: 'node-pkg', path: 'app/node_modules/a/node_modules/b/package.json' }),
    pkg({ type: 'npm', foundBy: 'npm', path: 'app/package-lock.json' }),
    pkg({
      type: 'pypi',
      name: 'Flask-Login',
      foundBy: 'python-pkg',
      path: 'usr/lib/python3/dist-packages/Flask_Login-1.0.dist-info/METADATA',
    }),
    pkg({ type: 'golang', foundBy: 'gobinary', path: 'usr/bin/tool' }),
    pkg({ type: 'maven', foundBy: 'jar', path: 'app/lib/log4j-core-2.14.jar' }),
    pkg({ type: 'gem', foundBy: 'gemspec', path: 'usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.gemspec' }),
  ]
  const owners = createOwners(ownedFiles(packages), packages.length)
  const table: [path: string, owner: number[]][] = [
    ['/usr/lib/x86_64-linux-gnu/libz.so.1', [0]],
    ['/lib/x86_64-linux-gnu/libz.so.1', [0]],
    ['/usr/lib/x86_64-linux-gnu/libz.so.12', []],
    ['/app/node_modules/a/index.js', [1]],
    ['/app/node_modules/a/node_modules/b/lib/index.js', [2]],
    ['/app/node_modules/ab/index.js', []],
    ['/app/package-lock.json', []],
    ['/usr/lib/python3/dist-packages/flask_login/utils.py', [4]],
    ['/usr/bin/tool', [5]],
    ['/app/lib/log4j-core-2.14.jar', [6]],
    ['/usr/lib/ruby/gems/3.1.0/gems/rack-2.2/lib/rack.rb', [7]],
    ['/etc/passwd', []],
  ]
  for (const [path, owner] of table) deepEqual([...owners.of(path)], owner, path)
  // A lock file says what is wanted, not where it lies.
  deepEqual([...owners.unknown], [3])
  throws(() => normal('a\0b'))
})

test('patterns: * is any text, and a hostile one costs no more than its length', () => {
  const table: [string, string, boolean][] = [
    ['CVE-2024-1', 'cve-2024-1', true],
    ['CVE-2024-*', 'CVE-2024-9', true],
    ['CVE-2024-*', 'CVE-2023-9', false],
    ['*', '', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxcyyb', false],
    ['a*a', 'a', false],
    ['*/web:*', 'shop/web:1', true],
    ['.*', 'abc', false],
  ]
  for (const [pattern, text, expected] of table) equal(fits(pattern, text), expected, `${pattern} ${text}`)
  equal(fits(`${'*a'.repeat(150)}b`, 'a'.repeat(100_000)), false)
})

const any: DecisionFacts = {
  id: '1',
  vulnerability: '',
  package: '',
  image: '',
  workload: '',
  rule: '',
  status: 'accepted',
  expires: null,
  created_at: 1,
}
const subject: Subject = {
  kind: 'vulnerability',
  name: 'CVE-2024-1',
  aliases: ['GHSA-x'],
  package: 'openssl',
  purl: 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64',
  images: ['sha256:aa', 'shop/web:1.0'],
  workloads: [['shop-web-1', 'web', 'shop', 'shop/web']],
}

test('a scope fits when all that it names fits', () => {
  const table: [Partial<DecisionFacts>, boolean][] = [
    [{ vulnerability: 'CVE-2024-1' }, true],
    [{ vulnerability: 'GHSA-x' }, true],
    [{ vulnerability: 'CVE-2024-2' }, false],
    [{ vulnerability: 'CVE-2024-1', package: 'openssl' }, true],
    [{ vulnerability: 'CVE-2024-1', package: 'pkg:deb/debian/openssl' }, true],
    [{ vulnerability: 'CVE-2024-1', package: 'pkg:deb/debian/openssl@3.0.11-1' }, true],
    [{ vulnerability: 'CVE-2024-1', package: 'curl' }, false],
    [{ vulnerability: 'CVE-2024-1', image: 'shop/web' }, true],
    [{ vulnerability: 'CVE-2024-1', image: 'shop/*' }, true],
    [{ vulnerability: 'CVE-2024-1', image: 'other/*' }, false],
    [{ vulnerability: 'CVE-2024-1', workload: 'shop/web' }, true],
    [{ vulnerability: 'CVE-2024-1', workload: 'pay/*' }, false],
    [{ rule: '*' }, false],
  ]
  for (const [scope, expected] of table) equal(concerns({ ...any, ...scope }, subject), expected, JSON.stringify(scope))
  // The same image as another workload: a word about one must not hide it in the other.
  const shared = { ...subject, workloads: [...subject.workloads, ['pay-api-1', 'api', 'pay']] }
  equal(concerns({ ...any, vulnerability: '*', workload: 'shop*' }, shared), false)
  equal(concerns({ ...any, vulnerability: '*', workload: 'shop*' }, { ...subject, workloads: [] }), false)
})

test('of several decisions the strongest holds, then the newest', () => {
  const one = (id: string, status: string, created_at: number) => ({
    ...any,
    id,
    status,
    created_at,
    vulnerability: 'CVE-2024-1',
  })
  equal(decide(subject, [one('a', 'accepted', 9), one('b', 'not_affected', 1), one('c', 'fixing', 99)])?.id, 'b')
  equal(decide(subject, [one('a', 'accepted', 1), one('b', 'accepted', 2)])?.id, 'b')
  equal(decide(subject, [{ ...one('a', 'accepted', 1), vulnerability: 'CVE-1' }]), undefined)
})
