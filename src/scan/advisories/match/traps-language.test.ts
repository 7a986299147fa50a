import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AdvisoryRecord, FeedItem } from '../../../base/model/advisory.ts'
import { recordItem as rec } from '../store/testing.ts'
import { distro, matched, pkg, summary } from './testing.ts'

/** Ways in which scanners match language packages wrongly. */
type Row = [title: string, type: string, name: string, version: string, items: FeedItem[], expected: string]

const ranges = (fields: Partial<AdvisoryRecord>) => ({ intervals: [], ...fields })
const rows: [trap: string, rows: Row[]][] = [
  [
    '21 SemVer pre-releases and partial versions',
    [
      [
        '<=1.0 holds 1.0.0',
        'npm',
        'a',
        '1.0.0',
        [rec('npm', 'a', 'CVE-1', undefined, ranges({ vulnerable: ['<=1.0'] }))],
        'CVE-1',
      ],
      [
        'a pre-release lies before its fix',
        'npm',
        'a',
        '1.0.0-beta',
        [rec('npm', 'a', 'CVE-1', '1.0.0')],
        'CVE-1<1.0.0',
      ],
      [
        'and inside a range',
        'npm',
        'a',
        '1.5.0-rc.1',
        [rec('npm', 'a', 'CVE-1', undefined, ranges({ vulnerable: ['>=1.0.0 <2.0.0'] }))],
        'CVE-1',
      ],
    ],
  ],
  [
    '22 PEP 440 versions and names',
    [
      ['a local version is the public one’s fix', 'pypi', 'a', '1.0+local', [rec('PyPI', 'a', 'CVE-1', '1.0')], ''],
      [
        'a local version of the last affected one',
        'pypi',
        'torch',
        '1.13.1+cu117',
        [rec('PyPI', 'torch', 'CVE-1', undefined, { intervals: [{ lastAffected: '1.13.1' }] })],
        'CVE-1',
      ],
      [
        'a local version of a listed one',
        'pypi',
        'torch',
        '1.13.1+cu117',
        [rec('PyPI', 'torch', 'CVE-1', undefined, { intervals: [], versions: ['1.13.1'] })],
        'CVE-1',
      ],
      [
        'what names a rebuild says nothing of the original',
        'pypi',
        'joblib',
        '1.0.0',
        [
          rec('PyPI', 'joblib', 'CVE-1', '1.2.0'),
          rec('PyPI', 'joblib', 'CVE-1', undefined, {
            status: 'not_affected',
            intervals: [],
            versions: ['1.0.0+cgr.1'],
          }),
        ],
        'CVE-1<1.2.0',
      ],
      ['post release after the fix', 'pypi', 'a', '1.0.post1', [rec('PyPI', 'a', 'CVE-1', '1.0')], ''],
      ['development release before it', 'pypi', 'a', '1.0.dev1', [rec('PyPI', 'a', 'CVE-1', '1.0')], 'CVE-1<1.0'],
      ['epoch', 'pypi', 'a', '1!0.1', [rec('PyPI', 'a', 'CVE-1', '2.0')], ''],
      ['names fold', 'pypi', 'oslo_utils', '1', [rec('PyPI', 'oslo-utils', 'CVE-1', '2')], 'CVE-1<2'],
      ['case too', 'pypi', 'Django', '1', [rec('PyPI', 'django', 'CVE-1', '2')], 'CVE-1<2'],
    ],
  ],
  [
    '24 Go versions',
    [
      [
        '(devel) cannot be compared',
        'golang',
        'github.com/docker/docker',
        '(devel)',
        [rec('Go', 'github.com/docker/docker', 'CVE-1', '20.10.9')],
        '!version_unknown',
      ],
      [
        'no version cannot either',
        'golang',
        'github.com/docker/docker',
        '',
        [rec('Go', 'github.com/docker/docker', 'CVE-1', '20.10.9')],
        '!version_unknown',
      ],
      [
        'the v is no part of it',
        'golang',
        'golang.org/x/net',
        'v0.7.0',
        [rec('Go', 'golang.org/x/net', 'CVE-1', '0.17.0')],
        'CVE-1<0.17.0',
      ],
      [
        'names keep their case',
        'golang',
        'github.com/Sirupsen/logrus',
        'v1.0.0',
        [rec('Go', 'github.com/sirupsen/logrus', 'CVE-1', '2.0.0')],
        '',
      ],
    ],
  ],
  [
    '26 only patched versions are listed',
    (['2.1.4', '3.0.0', '3.1.0', '2.1.2'] as const).map(
      (version): Row => [
        version,
        'cargo',
        'ammonia',
        version,
        [
          rec(
            'crates.io',
            'ammonia',
            'RUSTSEC-2021-0074',
            undefined,
            ranges({ aliases: ['CVE-2021-38193'], status: 'fixed', patched: ['>= 3.1.0', '>= 2.1.3, < 3.0.0'] }),
          ),
        ],
        version === '3.0.0' || version === '2.1.2' ? 'CVE-2021-38193<>= 3.1.0, >= 2.1.3, < 3.0.0' : '',
      ],
    ),
  ],
  [
    '26 unaffected versions',
    [
      [
        'before the flaw',
        'gem',
        'a',
        '1.0',
        [rec('RubyGems', 'a', 'CVE-1', undefined, ranges({ patched: ['~> 4.1.11', '>= 4.2.2'], unaffected: ['< 2'] }))],
        '',
      ],
    ],
  ],
  [
    '26 patched versions named alone',
    [
      [
        'are told as versions',
        'gem',
        'a',
        '1.0',
        [
          rec(
            'RubyGems',
            'a',
            'CVE-1',
            undefined,
            ranges({ status: 'fixed', vulnerable: ['< 2'], patched: ['>= 1.9, <= 1.9', '>= 2'] }),
          ),
        ],
        'CVE-1<1.9, >= 2',
      ],
    ],
  ],
  [
    '27 names of one flaw',
    [
      [
        'two databases, one finding',
        'pypi',
        'a',
        '1',
        [
          rec('PyPI', 'a', 'GHSA-2222-3333-4444', '2', { aliases: ['CVE-2024-1'] }),
          rec('PyPI', 'a', 'PYSEC-2024-1', '3', { aliases: ['CVE-2024-1'] }),
        ],
        'CVE-2024-1<3',
      ],
      [
        'joined by a third',
        'pypi',
        'a',
        '1',
        [
          rec('PyPI', 'a', 'GHSA-2222-3333-4444', '2'),
          rec('PyPI', 'a', 'PYSEC-2024-1', '2', { aliases: ['GHSA-2222-3333-4444'] }),
        ],
        'GHSA-2222-3333-4444<2',
      ],
      [
        'two flaws stay two',
        'pypi',
        'a',
        '1',
        [rec('PyPI', 'a', 'CVE-2024-1', '2'), rec('PyPI', 'a', 'CVE-2024-2', '2')],
        'CVE-2024-1<2 CVE-2024-2<2',
      ],
    ],
  ],
  [
    '30 versions that cannot be compared',
    [
      ['of the package', 'npm', 'a', 'not a version', [rec('npm', 'a', 'CVE-1', '2')], '!version_unknown'],
      [
        'of one advisory of several',
        'npm',
        'a',
        '1.0.0',
        [rec('npm', 'a', 'CVE-1', 'invalid'), rec('npm', 'a', 'CVE-2', '2.0.0')],
        'CVE-2<2.0.0 !version_unknown',
      ],
    ],
  ],
  [
    'OSV ranges',
    [
      [
        'several intervals: in the second',
        'npm',
        'a',
        '2.1.0',
        [
          rec('npm', 'a', 'CVE-1', '', {
            intervals: [
              { introduced: '1.0.0', fixed: '1.2.0' },
              { introduced: '2.0.0', fixed: '2.2.0' },
            ],
          }),
        ],
        'CVE-1<2.2.0',
      ],
      [
        'several intervals: between',
        'npm',
        'a',
        '1.5.0',
        [
          rec('npm', 'a', 'CVE-1', '', {
            intervals: [
              { introduced: '1.0.0', fixed: '1.2.0' },
              { introduced: '2.0.0', fixed: '2.2.0' },
            ],
          }),
        ],
        '',
      ],
      [
        'last affected is affected',
        'npm',
        'a',
        '1.2.0',
        [rec('npm', 'a', 'CVE-1', '', { intervals: [{ introduced: '0', lastAffected: '1.2.0' }] })],
        'CVE-1',
      ],
      [
        'single versions',
        'npm',
        'a',
        '1.2.0',
        [rec('npm', 'a', 'CVE-1', undefined, ranges({ versions: ['1.1.0', '1.2.0'] }))],
        'CVE-1',
      ],
      [
        'another single version',
        'npm',
        'a',
        '1.3.0',
        [rec('npm', 'a', 'CVE-1', undefined, ranges({ versions: ['1.1.0', '1.2.0'] }))],
        '',
      ],
    ],
  ],
  [
    'packages that others rebuild with fixes',
    [
      [
        'Seal’s data decides',
        'npm',
        'ejs',
        '3.1.8-sp1',
        [
          rec('seal npm', 'ejs', 'CVE-2024-33883', '3.1.8-sp999', {
            intervals: [{ introduced: '3.1.8-sp1', fixed: '3.1.8-sp999' }],
          }),
          rec('npm', 'ejs', 'CVE-2022-29078', '3.1.10'),
        ],
        'CVE-2024-33883<3.1.8-sp999',
      ],
      [
        'without it the original’s',
        'npm',
        'ejs',
        '3.1.8-sp1',
        [rec('npm', 'ejs', 'CVE-2024-33883', '3.1.10')],
        'CVE-2024-33883<3.1.10',
      ],
    ],
  ],
]

for (const [trap, cases] of rows)
  describe(`trap ${trap}`, () => {
    for (const [title, type, name, version, items, expected] of cases)
      it(title, () => assert.equal(summary(matched(undefined, [pkg(type, name, version)], items)), expected))
  })

describe('trap 25 several versions in one jar', () => {
  const shaded = ['1.3.1', '2.3', '2.4.1'].map((version, i) =>
    pkg('maven', 'net.minidev:json-smart', version, { id: `jar#${i}` }),
  )
  const branches = [
    { introduced: '0', fixed: '1.3.2' },
    { introduced: '2.0', fixed: '2.3.1' },
    { introduced: '2.4', fixed: '2.4.1' },
  ]
  it('each is judged by its own branch', () => {
    const { findings } = matched(undefined, shaded, [
      rec('Maven', 'net.minidev:json-smart', 'CVE-2021-27568', '', { intervals: branches }),
    ])
    assert.deepEqual(
      findings.map(one => `${one.package.version} ${one.fixedVersion}`),
      ['1.3.1 1.3.2', '2.3 2.3.1'],
    )
  })
})

describe('Go packages that are not linked', () => {
  const imports = ['golang.org/x/text/language']
  const items = [
    rec('Go', 'golang.org/x/text', 'GO-2021-0113', '0.3.7', { aliases: ['CVE-2021-38561'], imports }),
    rec('Go', 'golang.org/x/text', 'GHSA-ppp9-7jff-5vj2', '0.3.7', { aliases: ['CVE-2021-38561'] }),
  ]
  const cases: [title: string, linked: string | undefined, items: FeedItem[], expected: string][] = [
    ['one is', 'golang.org/x/text/language golang.org/x/text/width', items, 'CVE-2021-38561<0.3.7'],
    ['none is', 'golang.org/x/text/width', items, '~CVE-2021-38561 not_linked'],
    ['the module is not linked at all', '', items, '~CVE-2021-38561 not_linked'],
    ['not known', undefined, items, 'CVE-2021-38561<0.3.7'],
    ['no record says which', 'golang.org/x/text/width', items.slice(1), 'CVE-2021-38561<0.3.7'],
  ]
  for (const [title, linked, records, expected] of cases)
    it(title, () => {
      const extra = linked === undefined ? {} : { extra: { linkedPackages: linked } }
      assert.equal(
        summary(matched(undefined, [pkg('golang', 'golang.org/x/text', 'v0.3.6', extra)], records)),
        expected,
      )
    })
})

describe('trap 27 vendor ids', () => {
  it('an erratum of several CVEs is a finding for each, and named by both', () => {
    const { findings } = matched(
      distro('redhat 8'),
      [pkg('rpm', 'nss', '3.36.0-5.el8')],
      [rec('Red Hat:8', 'nss', 'RHSA-2021:1', '3.44-1.el8', { aliases: ['CVE-2021-1', 'CVE-2021-2'] })],
    )
    assert.deepEqual(
      findings.map(one => [one.id, one.vendorIds]),
      [
        ['CVE-2021-1', ['RHSA-2021:1']],
        ['CVE-2021-2', ['RHSA-2021:1']],
      ],
    )
  })
})

describe('trap 28 whose severity', () => {
  const details: Extract<FeedItem, { kind: 'details' }> = {
    kind: 'details',
    details: {
      id: 'CVE-2023-0464',
      aliases: [],
      title: '',
      description: '',
      severities: { nvd: 'HIGH', ghsa: 'MEDIUM' },
      cvss: [],
      cwes: [],
      references: [],
    },
  }
  const severity = (fields: Partial<AdvisoryRecord>, severityOrder?: string[]) => {
    const items = [rec('Red Hat:8', 'openssl', 'CVE-2023-0464', '2', { source: 'redhat', ...fields }), details]
    const [one] = matched(
      distro('redhat 8'),
      [pkg('rpm', 'openssl', '1')],
      items,
      severityOrder ? { severityOrder } : {},
    ).findings
    return `${one?.severity} ${one?.severitySource}`
  }
  it('the vendor’s own', () => assert.equal(severity({ severity: 'LOW' }), 'LOW redhat'))
  it('NVD’s where it has none', () => assert.equal(severity({}), 'HIGH nvd'))
  it('a source that says nothing is passed over', () => assert.equal(severity({}, ['photon', 'ghsa']), 'MEDIUM ghsa'))
  it('the most severe of other vendors’', () => {
    const said = { ...details.details, severities: { azure: 'LOW', photon: 'MEDIUM' } as const }
    const items: FeedItem[] = [rec('Red Hat:8', 'openssl', 'CVE-2023-0464', '2'), { kind: 'details', details: said }]
    const [one] = matched(distro('redhat 8'), [pkg('rpm', 'openssl', '1')], items).findings
    assert.deepEqual([one?.severity, one?.severitySource], ['MEDIUM', 'photon'])
  })
  it('in the order asked for', () => assert.equal(severity({ severity: 'LOW' }, ['ghsa', 'vendor']), 'MEDIUM ghsa'))
})

describe('what was not judged is told', () => {
  it('a distribution without advisories, once', () => {
    const { incomplete } = matched(distro('gentoo'), [pkg('deb', 'a', '1'), pkg('deb', 'b', '1')], [])
    assert.deepEqual(
      incomplete,
      [{ path: 'gentoo ', code: 'no_advisories', detail: '2 packages' }].map(one => ({
        ...one,
        path: incomplete[0]?.path ?? '',
      })),
    )
  })
  it('a type nobody knows', () =>
    assert.equal(summary(matched(undefined, [pkg('teapot', 'a', '1')], [])), '!no_advisories'))
  it('the end of support', () => {
    const eol: FeedItem = { kind: 'eol', entry: { product: 'debian', cycle: '9', eol: '2020-07-18' } }
    assert.equal(matched(distro('debian 9.13'), [], [eol]).endOfLife, true)
    assert.equal(matched(distro('debian 9.13'), [], [eol], { now: new Date('2020-07-18T10:00:00Z') }).endOfLife, false)
    assert.equal(matched(distro('debian 9.13'), [], []).endOfLife, undefined)
  })
  it('the end of support: Debian by its LTS, Ubuntu not by what Pro adds', () => {
    const eolOf = (product: string, cycle: string): FeedItem => ({
      kind: 'eol',
      entry: { product, cycle, eol: '2024-01-01', extended: '2026-01-01' },
    })
    assert.equal(matched(distro('debian 12.1'), [], [eolOf('debian', '12')]).endOfLife, false)
    assert.equal(matched(distro('ubuntu 20.04'), [], [eolOf('ubuntu', '20.04')]).endOfLife, true)
  })
  const ends: [os: string, name: string, product: string, cycle: string][] = [
    ['centos 9', 'CentOS Stream', 'centos-stream', '9'],
    ['centos 8.4', 'CentOS Linux', 'centos', '8'],
    ['amazon AMI release 2018.03', 'Amazon Linux AMI', 'amazon-linux', '2018.03'],
    ['amazon 2 (Karoo)', 'Amazon Linux', 'amazon-linux', '2'],
  ]
  for (const [os, NAME, product, cycle] of ends)
    it(`the end of support of ${NAME} ${os}`, () => {
      const eol: FeedItem = { kind: 'eol', entry: { product, cycle, eol: '2020-01-01' } }
      assert.equal(matched(distro(os, { release: { NAME } }), [], [eol]).endOfLife, true)
    })
  it('more findings than may be reported are told', () => {
    const packages = ['1', '2', '3'].map(version => pkg('npm', 'a', version))
    const { findings, incomplete } = matched(undefined, packages, [rec('npm', 'a', 'CVE-1', '9')], { maxFindings: 2 })
    assert.deepEqual([findings.length, incomplete.map(({ code }) => code)], [2, ['too_many']])
  })
  it('the evidence', () => {
    const { findings } = matched(
      undefined,
      [pkg('npm', 'a', '1.0.0')],
      [rec('npm', 'a', 'GHSA-2222-3333-4444', '2.0.0', { aliases: ['CVE-1'], source: 'ghsa' })],
    )
    assert.deepEqual(findings[0]?.evidence, {
      advisory: 'GHSA-2222-3333-4444',
      source: 'ghsa',
      found: 'npm a',
      range: '<2.0.0',
      compared: '1.0.0 < 2.0.0',
      path: 'where/a',
    })
  })
})
