import type { Row } from './row.testing.ts'

const json = (value: unknown) => JSON.stringify(value)
const osvOf = (more: object, affected: object[] = []) =>
  json({ schema_version: '1.7.0', modified: '2024-01-02T00:00:00Z', affected, ...more })
const range = (type: string, ...events: object[]) => ({ type, events })

/** OSV records in upstream's shape, written for these tests, and what must come of them. */
export const osvRows: Row[] = [
  {
    feed: 'osv',
    name: 'several ranges of one package are one record; severity of GitHub and of CVSS',
    path: 'GHSA-aaaa-bbbb-cccc.json',
    text: osvOf(
      {
        id: 'GHSA-2222-3333-4444',
        aliases: ['CVE-2024-0001'],
        related: ['CVE-2024-9999'],
        summary: 'bad',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
        database_specific: { severity: 'MODERATE' },
      },
      [
        {
          package: { ecosystem: 'npm', name: 'left' },
          ranges: [range('SEMVER', { introduced: '0' }, { fixed: '1.2.0' })],
        },
        {
          package: { ecosystem: 'npm', name: 'left' },
          ranges: [range('SEMVER', { introduced: '2.0.0' }, { last_affected: '2.1.0' })],
        },
        {
          package: { ecosystem: 'npm', name: 'right' },
          ranges: [range('SEMVER', { introduced: '0' })],
          database_specific: { last_known_affected_version_range: '<= 3.0.0' },
        },
        {
          package: { ecosystem: 'npm', name: 'far' },
          ranges: [range('SEMVER', { introduced: '1.0.0' })],
          database_specific: { last_known_affected_version_range: '< 3.0.0' },
        },
      ],
    ),
    expected: [
      'npm left GHSA-2222-3333-4444 fixed [..1.2.0 2.0.0..=2.1.0] MEDIUM ~CVE-2024-0001',
      'npm right GHSA-2222-3333-4444 affected [..=3.0.0] MEDIUM ~CVE-2024-0001',
      'npm far GHSA-2222-3333-4444 fixed [] vulnerable=>= 1.0.0, < 3.0.0 MEDIUM ~CVE-2024-0001',
      'details GHSA-2222-3333-4444 bad {"ghsa":"MEDIUM"} 9.8',
    ],
  },
  {
    feed: 'osv',
    name: 'withdrawn says nothing',
    path: 'a.json',
    text: osvOf({ id: 'PYSEC-2020-1', withdrawn: '2024-01-01T00:00:00Z' }),
    expected: [],
  },
  {
    feed: 'osv',
    name: 'events in any order; two beginnings before one end',
    path: 'PYSEC-2024-2.json',
    text: osvOf({ id: 'PYSEC-2024-2' }, [
      {
        package: { ecosystem: 'PyPI', name: 'a' },
        ranges: [range('ECOSYSTEM', { introduced: '2.0' }, { introduced: '0' }, { fixed: '1.10' }, { fixed: '2.9' })],
      },
      {
        package: { ecosystem: 'PyPI', name: 'b' },
        ranges: [range('ECOSYSTEM', { introduced: '1.0' }, { introduced: '2.0' }, { fixed: '2.5' })],
      },
    ]),
    expected: [
      'PyPI a PYSEC-2024-2 fixed [..1.10 2.0..2.9]',
      'PyPI b PYSEC-2024-2 fixed [1.0..2.5]',
      'details PYSEC-2024-2 {}',
    ],
  },
  {
    feed: 'osv',
    name: 'git ranges count only with versions; a pair written backwards',
    path: 'a.json',
    text: osvOf({ id: 'PYSEC-2020-2' }, [
      {
        package: { ecosystem: 'PyPI', name: 'a' },
        ranges: [range('GIT', { introduced: '0' }, { fixed: 'abc' })],
        versions: ['1.0', '1.1'],
      },
      { package: { ecosystem: 'PyPI', name: 'b' }, ranges: [range('GIT', { introduced: '0' })] },
      {
        package: { ecosystem: 'PyPI', name: 'c' },
        ranges: [range('ECOSYSTEM', { fixed: '2.0' }, { introduced: '1.0' })],
      },
    ]),
    expected: [
      'PyPI a PYSEC-2020-2 affected [] versions=1.0|1.1',
      'PyPI c PYSEC-2020-2 fixed [1.0..2.0]',
      'details PYSEC-2020-2 {}',
    ],
  },
  {
    feed: 'osv',
    name: 'a distribution: wrapped id, its own severity, architecture, module builds',
    path: 'a.json',
    text: osvOf({ id: 'ALSA-2024:1', related: ['CVE-2024-1111', 'CVE-2024-2222'] }, [
      {
        package: { ecosystem: 'AlmaLinux:8', name: 'm' },
        ecosystem_specific: { rpm_modularity: 'mod:1' },
        ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '1-1.module_el8.10.0+9+b' })],
      },
      {
        package: { ecosystem: 'AlmaLinux:8', name: 'm' },
        ecosystem_specific: { rpm_modularity: 'mod:1' },
        ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '1-1.module_el8.3.0+2+a' })],
      },
    ]),
    expected: [
      'AlmaLinux:8 m ALSA-2024:1 fixed [..1-1.module_el8.3.0+2+a] module=mod:1 ~CVE-2024-1111~CVE-2024-2222',
      'details ALSA-2024:1 {}',
    ],
  },
  {
    feed: 'osv',
    name: "Ubuntu: the CVE is the id, other errata are no aliases, Ubuntu's word counts",
    path: 'a.json',
    text: osvOf(
      {
        id: 'UBUNTU-CVE-2024-1001',
        upstream: ['CVE-2024-1001'],
        related: ['USN-1-1'],
        severity: [{ type: 'Ubuntu', score: 'negligible' }],
      },
      [
        {
          package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'x', purl: 'pkg:deb/ubuntu/x@1?arch=source' },
          ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '1.0-1ubuntu2' })],
        },
      ],
    ),
    expected: ['Ubuntu:22.04:LTS x CVE-2024-1001 fixed [..1.0-1ubuntu2] LOW', 'details CVE-2024-1001 {"ubuntu":"LOW"}'],
  },
  {
    feed: 'osv',
    name: 'Go: the real versions beside "all"; RustSec: kinds of notices',
    path: 'GO-2024-2430.json',
    text: json({
      id: 'GO-2024-2430',
      modified: '2024-01-01T00:00:00Z',
      aliases: ['CVE-2023-46738'],
      affected: [
        {
          package: { ecosystem: 'Go', name: 'example.org/a' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
          ecosystem_specific: {
            custom_ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.3.1' }] }],
          },
        },
        {
          package: { ecosystem: 'Go', name: 'example.org/b' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }],
          ecosystem_specific: { custom_ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9' }] }] },
        },
        {
          package: { ecosystem: 'crates.io', name: 'c' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0.0.0-0' }] }],
          database_specific: { informational: 'unmaintained' },
        },
        {
          package: { ecosystem: 'crates.io', name: 'd' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0.0.0-0' }] }],
          database_specific: { informational: 'notice' },
        },
      ],
    }),
    expected: [
      'Go example.org/a GO-2024-2430 fixed [..3.3.1] ~CVE-2023-46738',
      'Go example.org/b GO-2024-2430 fixed [..1.2.0] ~CVE-2023-46738',
      'crates.io c GO-2024-2430 affected [0.0.0-0..] (unmaintained) ~CVE-2023-46738',
      'details GO-2024-2430 {}',
    ],
  },
  {
    feed: 'osv',
    name: 'Debian’s grade of urgency; what nobody supports any more',
    path: 'DEBIAN-CVE-2024-1010.json',
    text: json({
      id: 'DEBIAN-CVE-2024-1010',
      modified: '2024-01-01T00:00:00Z',
      upstream: ['CVE-2024-1010'],
      affected: [
        {
          package: { ecosystem: 'Debian:12', name: 'x' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
          ecosystem_specific: { urgency: 'unimportant' },
        },
        {
          package: { ecosystem: 'Debian:11', name: 'x' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
          ecosystem_specific: { urgency: 'end-of-life' },
        },
      ],
    }),
    expected: [
      'Debian:12 x CVE-2024-1010 affected [..] LOW',
      'Debian:11 x CVE-2024-1010 end_of_life [..]',
      'details CVE-2024-1010 {"debian":"LOW"}',
    ],
  },
  {
    feed: 'osv',
    name: 'never affected ("0"), architecture in the purl, a flaw without a package',
    path: 'a.json',
    text: osvOf({ id: 'CGA-1' }, [
      {
        package: { ecosystem: 'Wolfi', name: 'x', purl: 'pkg:apk/wolfi/x?arch=x86_64' },
        ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '0' })],
      },
      { ranges: [range('ECOSYSTEM', { introduced: '0' })] },
    ]),
    expected: ['Wolfi x CGA-1 not_affected [..0] arches=x86_64', 'details CGA-1 {}'],
  },
  {
    feed: 'osv',
    name: "a title that begins with the erratum's grade",
    path: 'a.json',
    text: osvOf({ id: 'ALSA-2024:2', summary: 'Important: x security update' }, [
      {
        package: { ecosystem: 'AlmaLinux:9', name: 'x' },
        ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '1-2.el9' })],
      },
    ]),
    expected: [
      'AlmaLinux:9 x ALSA-2024:2 fixed [..1-2.el9] HIGH',
      'details ALSA-2024:2 Important: x security update {"alma":"HIGH"}',
    ],
  },
  {
    feed: 'osv',
    name: "several vendors' words: the record's own counts",
    path: 'a.json',
    text: osvOf(
      {
        id: 'CVE-2024-1002',
        database_specific: {
          severity: 'CRITICAL',
          vendor_severity: { nvd: 'CRITICAL', 'oracle-oval': 'LOW', ghsa: 'HIGH' },
        },
      },
      [
        {
          package: { ecosystem: 'Oracle Linux:8', name: 'x' },
          ranges: [range('ECOSYSTEM', { introduced: '0' }, { fixed: '1-2.el8' })],
        },
        {
          package: { ecosystem: 'npm', name: 'x' },
          ranges: [range('SEMVER', { introduced: '0' }, { fixed: '2.0.0' })],
        },
      ],
    ),
    expected: [
      'Oracle Linux:8 x CVE-2024-1002 fixed [..1-2.el8] LOW',
      'npm x CVE-2024-1002 fixed [..2.0.0] HIGH',
      'details CVE-2024-1002 {"nvd":"CRITICAL","oracle-oval":"LOW","ghsa":"HIGH","oracle":"CRITICAL"}',
    ],
  },
  {
    feed: 'osv',
    name: 'YAML as PyPA writes it',
    path: 'vulns/a/PYSEC-2021-1.yaml',
    text: "id: PYSEC-2021-1\ndetails: d\naffected:\n- package:\n    name: a\n    ecosystem: PyPI\n  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: '0'\n    - fixed: '1.0'\nmodified: '2021-01-01T00:00:00Z'\naliases:\n- CVE-2021-0001\n",
    expected: ['PyPI a PYSEC-2021-1 fixed [..1.0] ~CVE-2021-0001', 'details PYSEC-2021-1 {}'],
  },
]
