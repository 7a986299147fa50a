import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { recordItem as rec } from '../store/testing.ts'
import { distro, matched, pkg, summary } from './testing.ts'

/** Ways in which scanners match RPM packages wrongly; the number groups those of one kind. */
type Row = [title: string, os: Distro, packages: Package[], items: FeedItem[], expected: string]

const rhel8 = distro('redhat 8.6')
const rhel9 = distro('redhat 9.4')
const source = (name: string, version: string) => ({ source: { name, version } })
const stream = (introduced: string, fixed: string) => ({ introduced, fixed })
const unaffected = { status: 'not_affected' as const, intervals: [{}] }

const rows: [trap: string, rows: Row[]][] = [
  [
    '3 a source RPM’s name has no epoch',
    [
      [
        'perl-Errno',
        rhel8,
        [pkg('rpm', 'perl-Errno', '1.28-419.el8_4.1', source('perl', '5.26.3-419.el8_4.1'))],
        [rec('Red Hat:8', 'perl', 'CVE-2020-10543', '4:5.26.3-419.el8', { names: 'both' })],
        '',
      ],
    ],
  ],
  [
    '4 an RPM without an epoch has epoch 0',
    [
      [
        'missing',
        rhel8,
        [pkg('rpm', 'openssl', '1.1.1z-99.el8')],
        [rec('Red Hat:8', 'openssl', 'CVE-2018-0735', '1:1.1.1c-2.el8')],
        'CVE-2018-0735<1:1.1.1c-2.el8',
      ],
      [
        'higher',
        rhel8,
        [pkg('rpm', 'openssl', '2:1.1.1b-1.el8')],
        [rec('Red Hat:8', 'openssl', 'CVE-2018-0735', '1:1.1.1c-2.el8')],
        '',
      ],
    ],
  ],
  [
    '5 modules',
    (
      [
        ['same stream', 'httpd:2.4:8030020201105:9edba152', 'CVE-2018-17199<2.4.37-39.module+el8.4.0+9658+b87b2deb'],
        ['other stream', 'httpd:2.6:1:2', ''],
        ['label not known', undefined, 'CVE-2018-17199<2.4.37-39.module+el8.4.0+9658+b87b2deb'],
      ] as const
    ).map(([title, module, expected]): Row => {
      const one = pkg('rpm', 'httpd', '2.4.37-30.module+el8.3.0+1', module === undefined ? {} : { module })
      return [
        title,
        rhel8,
        [one],
        [
          rec('Red Hat:8', 'httpd', 'CVE-2018-17199', '2.4.37-39.module+el8.4.0+9658+b87b2deb', {
            module: 'httpd:2.4',
          }),
        ],
        expected,
      ]
    }),
  ],
  [
    '5 modules left out by the feed, or by the package',
    [
      [
        'a plain package beside a module’s fix',
        distro('rocky 9.4'),
        [pkg('rpm', 'ruby', '3.0.4-160.el9_0')],
        [rec('Rocky Linux:9', 'ruby', 'CVE-2024-27280', '3.3.1-2.module+el9.4.0+20787+4c237fd3')],
        '',
      ],
      [
        'a package of the module',
        distro('rocky 9.4'),
        [pkg('rpm', 'ruby', '3.3.0-1.module+el9.4.0+1+1', { module: 'ruby:3.3:9040020240101' })],
        [rec('Rocky Linux:9', 'ruby', 'CVE-2024-27280', '3.3.1-2.module+el9.4.0+20787+4c237fd3')],
        'CVE-2024-27280<3.3.1-2.module+el9.4.0+20787+4c237fd3',
      ],
      [
        'a package that says it is of none',
        rhel8,
        [pkg('rpm', 'httpd', '2.4.37-30.module+el8.3.0+1', { module: '' })],
        [rec('Red Hat:8', 'httpd', 'CVE-2018-17199', '2.4.37-39.module+el8.4.0+1', { module: 'httpd:2.4' })],
        '',
      ],
    ],
  ],
  [
    '5 modules of AlmaLinux',
    [
      [
        'a modular build without a label is skipped',
        distro('alma 8.4'),
        [pkg('rpm', 'nginx-filesystem', '1:1.14.1-8.module_el8.3.0+2165+af250afe.alma', { module: '' })],
        [rec('AlmaLinux:8', 'nginx-filesystem', 'CVE-2021-23017', '1:1.14.1-9.module_el8.4.0+2358+2e4dbc10.alma')],
        '',
      ],
      [
        'a record without its module is of the line of its fix',
        distro('alma 8'),
        [pkg('rpm', 'mariadb', '3:10.3.28-1.module_el8.3.0+1', { module: 'mariadb:10.3:1:2' })],
        [
          rec('AlmaLinux:8', 'mariadb', 'ALSA-2022:1557', '3:10.5.13-1.module_el8.6.0+2', {
            aliases: ['CVE-2021-2154'],
          }),
          rec('AlmaLinux:8', 'mariadb', 'ALSA-2022:1556', '3:10.3.32-2.module_el8.5.0+2', {
            aliases: ['CVE-2021-2154'],
          }),
        ],
        'CVE-2021-2154<3:10.3.32-2.module_el8.5.0+2',
      ],
      [
        'not affected in another stream',
        distro('alma 8'),
        [pkg('rpm', 'mariadb', '3:10.3.27-1.module_el8.3.0+1', { module: 'mariadb:10.3' })],
        [
          rec('AlmaLinux:8', 'mariadb', 'CVE-2021-27928', undefined, { ...unaffected, module: 'mariadb:10.5' }),
          rec('AlmaLinux:8', 'mariadb', 'CVE-2021-27928', '3:10.3.28-1.module_el8.3.0+2', { module: 'mariadb:10.3' }),
        ],
        'CVE-2021-27928<3:10.3.28-1.module_el8.3.0+2',
      ],
    ],
  ],
  [
    '6 Oracle’s build kinds',
    [
      [
        'ksplice against plain',
        distro('oracle 8'),
        [pkg('rpm', 'glibc', '2:2.28-151.0.1.ksplice2.el8')],
        [rec('Oracle Linux:8', 'glibc', 'CVE-2021-33574', '2:2.28-164.0.1.el8')],
        '',
      ],
      [
        'plain against ksplice',
        distro('oracle 8'),
        [pkg('rpm', 'glibc', '2.28-151.0.1.el8')],
        [rec('Oracle Linux:8', 'glibc', 'CVE-2021-33574', '2:2.28-151.0.1.ksplice2.el8')],
        '',
      ],
      [
        'ksplice against ksplice',
        distro('oracle 7'),
        [pkg('rpm', 'glibc', '2:2.17-156.ksplice1.el7')],
        [rec('Oracle Linux:7', 'glibc', 'CVE-2017-1000364', '2:2.17-157.ksplice1.el7_3.4')],
        'CVE-2017-1000364<2:2.17-157.ksplice1.el7_3.4',
      ],
      [
        'fips against fips',
        distro('oracle 8'),
        [pkg('rpm', 'gnutls', '10:3.6.15-4.0.1.el8_fips')],
        [
          rec('Oracle Linux:8', 'gnutls', 'CVE-2021-20232', '10:3.6.16-4.0.1.el8_fips'),
          rec('Oracle Linux:8', 'gnutls', 'CVE-2021-20232', '3.6.16-4.el8'),
        ],
        'CVE-2021-20232<10:3.6.16-4.0.1.el8_fips',
      ],
      [
        'plain beside fips',
        distro('oracle 8'),
        [pkg('rpm', 'gnutls', '3.6.16-4.el8')],
        [
          rec('Oracle Linux:8', 'gnutls', 'CVE-2021-20232', '10:3.6.16-4.0.1.el8_fips'),
          rec('Oracle Linux:8', 'gnutls', 'CVE-2021-20232', '3.6.16-4.el8'),
        ],
        '',
      ],
    ],
  ],
  [
    '6 lines of a kernel',
    [
      ...(
        [
          ['Oracle’s UEK 6 beside a fix of both', '5.4.17-2136.318.7.1.el8uek', ''],
          ['UEK 7', '5.15.0-100.96.31.el8uek', 'CVE-2023-1829<5.15.0-101.103.2.1.el8uek'],
        ] as const
      ).map(
        ([title, version, expected]): Row => [
          title,
          distro('oracle 8'),
          [pkg('rpm', 'kernel-uek', version)],
          [
            rec('Oracle Linux:8', 'kernel-uek', 'ELSA-2023-1', '5.4.17-2136.318.7.1.el8uek', {
              aliases: ['CVE-2023-1829'],
            }),
            rec('Oracle Linux:8', 'kernel-uek', 'ELSA-2023-2', '5.15.0-101.103.2.1.el8uek', {
              aliases: ['CVE-2023-1829'],
            }),
          ],
          expected,
        ],
      ),
      ...(
        [
          ['the system’s kernel beside a fix of the cloud group’s', '4.18.0-425.3.1.el8', ''],
          ['the cloud group’s', '4.18.0-425.3.1.el8_7.cloud', 'CVE-2022-2964<4.18.0-425.10.1.el8_7.cloud'],
        ] as const
      ).map(
        ([title, version, expected]): Row => [
          title,
          distro('rocky 8.7'),
          [pkg('rpm', 'kernel', version)],
          [
            rec('Rocky Linux:8', 'kernel', 'RXSA-2023:0101', '4.18.0-425.10.1.el8_7.cloud', {
              aliases: ['CVE-2022-2964'],
            }),
          ],
          expected,
        ],
      ),
      [
        'an erratum of repairs is no flaw',
        distro('alma 8'),
        [pkg('rpm', 'krb5-libs', '1.18.2-1.el8')],
        [
          rec('AlmaLinux:8', 'krb5-libs', 'ALBA-2021:4378', '1.18.2-14.el8'),
          rec('AlmaLinux:8', 'krb5-libs', 'ALBA-2021:4379', '1.18.2-14.el8', { aliases: ['CVE-2021-1'] }),
        ],
        'CVE-2021-1<1.18.2-14.el8',
      ],
      [
        'an erratum of Oracle VM is no flaw',
        distro('oracle 6'),
        [pkg('rpm', 'x', '1-1.el6')],
        [rec('Oracle Linux:6', 'x', 'OVMSA-2025-0001', '1-2.el6', { aliases: ['CVE-2025-1', 'CVE-2025-2'] })],
        'CVE-2025-1<1-2.el6 CVE-2025-2<1-2.el6',
      ],
    ],
  ],
  [
    '7 advisories for one architecture',
    (['x86_64', 'aarch64'] as const).map(
      (arch): Row => [
        arch,
        distro('oracle 7'),
        [pkg('rpm', 'rsyslog', '8.24.0-57.0.1.el7_9.3', { arch })],
        [
          rec('Oracle Linux:7', 'rsyslog', 'CVE-2022-24903', '8.24.0-57.0.1.el7_9.3', { arches: ['x86_64'] }),
          rec('Oracle Linux:7', 'rsyslog', 'CVE-2022-24903', '8.24.0-57.0.4.el7_9.3', { arches: ['aarch64'] }),
        ],
        arch === 'x86_64' ? '' : 'CVE-2022-24903<8.24.0-57.0.4.el7_9.3',
      ],
    ),
  ],
  [
    '8 several streams for one CVE',
    (['3.9.18-10.el9_4', '3.9.19-1.el9', '3.9.18-1.el9_4', '3.9.19-8.el9'] as const).map((version): Row => {
      const intervals = [stream('0', '3.9.18-3.el9_4.5'), stream('3.9.19', '3.9.19-8.el9')]
      const expected =
        version === '3.9.19-1.el9'
          ? 'CVE-2024-8088<3.9.19-8.el9'
          : version === '3.9.18-1.el9_4'
            ? 'CVE-2024-8088<3.9.18-3.el9_4.5'
            : ''
      return [
        version,
        distro('redhat 9'),
        [pkg('rpm', 'python3.9', version)],
        [rec('Red Hat:9', 'python3.9', 'CVE-2024-8088', '', { intervals })],
        expected,
      ]
    }),
  ],
  [
    '8 errata that do not say where their line begins',
    [
      [
        'fixed in its own line',
        rhel9,
        [pkg('rpm', 'python3.9', '3.9.18-10.el9_4')],
        [
          rec('Red Hat:9', 'python3.9', 'CVE-2024-8088', '', {
            intervals: [stream('0', '3.9.18-3.el9_4.5'), stream('0', '3.9.19-8.el9')],
          }),
        ],
        '',
      ],
      ...(
        [
          ['fixed in its minor release', '7.76.1-23.el9_2.4', ''],
          ['not fixed in its minor release', '7.76.1-23.el9_2.3', 'CVE-2023-38545<7.76.1-23.el9_2.4'],
          ['of a minor release without a fix of its own', '7.76.1-22.el9_1', 'CVE-2023-38545<7.76.1-26.el9_3.2'],
          ['of a later minor release', '7.76.1-29.el9_4', ''],
        ] as const
      ).map(
        ([title, version, expected]): Row => [
          title,
          rhel9,
          [pkg('rpm', 'curl', version)],
          [
            rec('Red Hat:9', 'curl', 'CVE-2023-38545', '7.76.1-26.el9_3.2', {
              intervals: [{ fixed: '7.76.1-23.el9_2.4' }, { fixed: '7.76.1-26.el9_3.2' }],
            }),
          ],
          expected,
        ],
      ),
      [
        'a later erratum repairs an earlier one',
        rhel9,
        [pkg('rpm', 'httpd', '2.4.57-11.el9_4')],
        [
          rec('Red Hat:9', 'httpd', 'RHSA-2024:1', '2.4.57-11.el9_4', { aliases: ['CVE-2023-38709'] }),
          rec('Red Hat:9', 'httpd', 'RHSA-2026:1', '2.4.62-13.el9_8.5', { aliases: ['CVE-2023-38709'] }),
        ],
        'CVE-2023-38709<2.4.62-13.el9_8.5',
      ],
      [
        'the latest of several fixes',
        distro('redhat 7'),
        [pkg('rpm', 'nss', '3.36.0-5.el7_5')],
        [
          rec('Red Hat:7', 'nss', 'RHSA-2018:2768', '3.36.0-7.el7_5', { aliases: ['CVE-2018-12384'] }),
          rec('Red Hat:7', 'nss', 'RHSA-2019:1234', '3.36.0-7.1.el7_6', { aliases: ['CVE-2018-12384'] }),
        ],
        'CVE-2018-12384<3.36.0-7.1.el7_6',
      ],
    ],
  ],
  [
    '9 extended update support',
    [
      [
        'fixed in its line',
        distro('redhat 9.4', { contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms'] }),
        [pkg('rpm', 'kernel', '5.14.0-427.68.1.el9_4')],
        [
          rec('Red Hat:9.4-eus', 'kernel', 'CVE-2025-0001', '5.14.0-427.68.1.el9_4'),
          rec('Red Hat:9', 'kernel', 'CVE-2025-0001', '5.14.0-570.12.1.el9_6'),
        ],
        '~CVE-2025-0001 not_affected',
      ],
      [
        'a later minor’s fix cannot be had',
        distro('redhat 9.4', { contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms'] }),
        [pkg('rpm', 'kernel', '5.14.0-427.1.1.el9_4')],
        [rec('Red Hat:9', 'kernel', 'CVE-2025-0001', '5.14.0-503.1.1.el9_5')],
        'CVE-2025-0001',
      ],
      [
        'without it the fix can',
        rhel9,
        [pkg('rpm', 'kernel', '5.14.0-427.1.1.el9_4')],
        [rec('Red Hat:9', 'kernel', 'CVE-2025-0001', '5.14.0-503.1.1.el9_5')],
        'CVE-2025-0001<5.14.0-503.1.1.el9_5',
      ],
    ],
  ],
  [
    '10 records for one product',
    [
      [
        'of this release',
        distro('redhat 8.6'),
        [pkg('rpm', 'bash', '4.4-1.el8')],
        [
          rec('Red Hat', 'bash', 'CVE-2019-18276', undefined, {
            cpes: ['cpe:/o:redhat:enterprise_linux:8'],
            status: 'will_not_fix',
          }),
        ],
        'CVE-2019-18276',
      ],
      [
        'of another release',
        distro('redhat 8.6'),
        [pkg('rpm', 'bash', '4.4-1.el8')],
        [rec('Red Hat', 'bash', 'CVE-2019-18276', undefined, { cpes: ['cpe:/o:redhat:enterprise_linux:7'] })],
        '',
      ],
      [
        'a fix built for another release',
        distro('centos 7'),
        [pkg('rpm', 'bash', '4.2-1.el7')],
        [rec('Red Hat', 'bash', 'RHSA-2021:1', '4.4-2.el8', { aliases: ['CVE-2019-18276'] })],
        '',
      ],
    ],
  ],
  [
    '11 a rebuilder’s own fix',
    [
      [
        'fixed by its number',
        distro('alma 8'),
        [pkg('rpm', 'patch', '2.7.6-11.el8')],
        [
          rec('AlmaLinux:8', 'patch', 'ALSA-2020:1852', '2.7.6-11.el8', { aliases: ['CVE-2019-13636'] }),
          rec('Red Hat:8', 'patch', 'CVE-2019-13636', '2.7.6-11.el8_1'),
        ],
        '~CVE-2019-13636 not_affected',
      ],
      [
        'Red Hat’s word where it has none',
        distro('rocky 8'),
        [pkg('rpm', 'patch', '2.7.6-11.el8')],
        [
          rec('Rocky Linux:8', 'other', 'RLSA-1', '1'),
          rec('Red Hat:8', 'patch', 'CVE-2019-13636', undefined, { status: 'will_not_fix' }),
        ],
        'CVE-2019-13636',
      ],
      [
        'a lower build of the same module',
        distro('alma 8'),
        [pkg('rpm', 'mariadb', '3:10.3.28-1.module_el8.3.0+2177+7adc332a', { module: 'mariadb:10.3:1:2' })],
        [
          rec('AlmaLinux:8', 'mariadb', 'ALSA-2021:1242', '', {
            aliases: ['CVE-2021-27928'],
            module: 'mariadb:10.3',
            intervals: [
              stream('0', '3:10.3.28-1.module_el8.6.0+2867+72759d2f'),
              stream('0', '3:10.3.28-1.module_el8.3.0+2177+7adc332a'),
            ],
          }),
        ],
        '',
      ],
    ],
  ],
]

for (const [trap, cases] of rows)
  describe(`trap ${trap}`, () => {
    for (const [title, os, packages, items, expected] of cases)
      it(title, () => assert.equal(summary(matched(os, packages, items)), expected))
  })
