import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { recordItem as rec } from '../store/testing.ts'
import { distro, matched, pkg, summary } from './testing.ts'

/** Ways in which scanners match operating-system packages wrongly; the number groups those of one kind. */
type Row = [title: string, os: Distro, packages: Package[], items: FeedItem[], expected: string]

const debian12 = distro('debian 12.5')
const rhel8 = distro('redhat 8.6')
const source = (name: string, version: string) => ({ source: { name, version } })
const unaffected = { status: 'not_affected' as const, intervals: [{}] }

const rows: [trap: string, rows: Row[]][] = [
  [
    '1 advisories name the source package',
    [
      [
        'Debian',
        distro('debian 9'),
        [pkg('deb', 'htpasswd', '2.4.24', source('apache2', '2.4.24'))],
        [rec('Debian:9', 'apache2', 'CVE-2020-11985', '2.4.25-1')],
        'CVE-2020-11985<2.4.25-1',
      ],
      [
        'Debian without a fix',
        distro('debian 10'),
        [pkg('deb', 'libidn2-0', '2.0.5-1', source('libidn2', '2.0.5-1'))],
        [rec('Debian:10', 'libidn2', 'CVE-2019-18224')],
        'CVE-2019-18224',
      ],
      [
        'a fix in unstable is none for Debian 12',
        debian12,
        [pkg('deb', 'zlib1g', '1:1.2.13.dfsg-1', source('zlib', '1:1.2.13.dfsg-1'))],
        [rec('Debian:12', 'zlib', 'CVE-2023-45853', '1:1.3.dfsg-2', { status: 'affected' })],
        'CVE-2023-45853',
      ],
      [
        'a source of the binary package’s name is another package',
        debian12,
        [pkg('deb', 'node', '1', source('nodejs', '1'))],
        [rec('Debian:12', 'node', 'CVE-1999-0001', '2')],
        '',
      ],
      [
        'Alpine',
        distro('alpine 3.18.4'),
        [pkg('apk', 'libssl3', '3.1.4-r0', source('openssl', '3.1.4-r0'))],
        [rec('Alpine:v3.18', 'openssl', 'CVE-2024-0727', '3.1.4-r5')],
        'CVE-2024-0727<3.1.4-r5',
      ],
      [
        'Photon',
        distro('photon 3.0'),
        [pkg('rpm', 'ansible-doc', '2.6.4-1.ph3', source('ansible', '2.6.4-1.ph3'))],
        [rec('Photon OS:3.0', 'ansible', 'CVE-2020-1739', '2.7-1.ph3')],
        'CVE-2020-1739<2.7-1.ph3',
      ],
      [
        'Azure Linux',
        distro('azurelinux 3.0'),
        [pkg('rpm', 'php-fpm', '8.3.6-1.azl3', source('php', '8.3.6-1.azl3'))],
        [rec('Azure Linux:3', 'php', 'CVE-2023-3446', '8.3.8-1.azl3')],
        'CVE-2023-3446<8.3.8-1.azl3',
      ],
      [
        'Red Hat names the binary one',
        rhel8,
        [pkg('rpm', 'vim-minimal', '8.0-1.el8', source('vim', '8.0-1.el8'))],
        [
          rec('Red Hat:8', 'vim', 'CVE-2024-0001', '9-1.el8'),
          rec('Red Hat:8', 'vim-minimal', 'CVE-2024-0002', '9-1.el8'),
        ],
        'CVE-2024-0002<9-1.el8',
      ],
      [
        'a record says that it names the source',
        rhel8,
        [pkg('rpm', 'vim-minimal', '8.0-1.el8', source('vim', '8.0-1.el8'))],
        [rec('Red Hat:8', 'vim', 'CVE-2024-0001', '9-1.el8', { names: 'both' })],
        'CVE-2024-0001<9-1.el8',
      ],
    ],
  ],
  [
    '1 headers of the kernel are not the kernel',
    [
      [
        'named by the source',
        debian12,
        [pkg('deb', 'linux-libc-dev', '6.1.76-1', source('linux', '6.1.76-1'))],
        [rec('Debian:12', 'linux', 'CVE-2024-1086', '6.1.78-1')],
        '~CVE-2024-1086 kernel_headers',
      ],
      [
        'the kernel is',
        debian12,
        [pkg('deb', 'linux-image-6.1.0-18-amd64', '6.1.76-1', source('linux', '6.1.76-1'))],
        [rec('Debian:12', 'linux', 'CVE-2024-1086', '6.1.78-1')],
        'CVE-2024-1086<6.1.78-1',
      ],
      [
        'the signed kernel is the kernel',
        debian12,
        [pkg('deb', 'linux-image-6.1.0-18-amd64', '6.1.76-1', source('linux-signed-amd64', '6.1.76+1'))],
        [rec('Debian:12', 'linux', 'CVE-2024-1086', '6.1.78-1')],
        'CVE-2024-1086<6.1.78-1',
      ],
      [
        'a signed kernel of a cloud, with the fix',
        distro('ubuntu 22.04'),
        [pkg('deb', 'linux-image-5.15.0-1051-aws', '5.15.0-1051.56', source('linux-signed-aws', '5.15.0-1051.56'))],
        [
          rec('Ubuntu:22.04', 'linux-aws', 'CVE-2024-1086', '5.15.0-1055.60'),
          rec('Ubuntu:22.04', 'linux-aws', 'CVE-2023-0001', '5.15.0-1051.56'),
          rec('Ubuntu:22.04', 'linux', 'CVE-2023-0002', '5.15.0-1055.60'),
        ],
        'CVE-2024-1086<5.15.0-1055.60',
      ],
      [
        'named outright',
        distro('oracle 8'),
        [pkg('rpm', 'kernel-headers', '4.18.0-1.el8', source('kernel', '4.18.0-1.el8'))],
        [rec('Oracle Linux:8', 'kernel-headers', 'CVE-2024-1086', '4.18.0-2.el8')],
        'CVE-2024-1086<4.18.0-2.el8',
      ],
    ],
  ],
  [
    '2 the source has its own version',
    [
      [
        'libldb2',
        debian12,
        [pkg('deb', 'libldb2', '2:2.6.2+samba4.17.12+dfsg-0+deb12u1', source('samba', '2:4.17.12+dfsg-0+deb12u1'))],
        [rec('Debian:12', 'samba', 'CVE-2023-4091', '2:4.17.12+dfsg-0+deb12u1')],
        '',
      ],
      [
        'a rebuild of the same name',
        debian12,
        [pkg('deb', 'zlib', '1.2-1+b1', source('zlib', '1.2-1'))],
        [rec('Debian:12', 'zlib', 'CVE-2024-0001', '1.2-1+a')],
        'CVE-2024-0001<1.2-1+a',
      ],
    ],
  ],
  [
    '12 unfixed flaws and their status',
    [
      [
        'will not fix',
        distro('debian 9'),
        [pkg('deb', 'bash', '4.4-5')],
        [rec('Debian:9', 'bash', 'CVE-2019-18276', undefined, { status: 'will_not_fix', intervals: [] })],
        'CVE-2019-18276',
      ],
      [
        'not affected',
        debian12,
        [pkg('deb', 'bash', '5.2-1')],
        [rec('Debian:12', 'bash', 'CVE-2019-18276', undefined, unaffected)],
        '',
      ],
    ],
  ],
  [
    '13 "0" is not a fix but "never affected"',
    [
      [
        'Alpine',
        distro('alpine 3.12'),
        [pkg('apk', 'bind', '9.16.0-r0')],
        [rec('Alpine:v3.12', 'bind', 'CVE-2019-6470', '0')],
        '',
      ],
      [
        'it silences the language’s advisory',
        distro('alpine 3.19'),
        [pkg('apk', 'py3-idna', '3.4-r4', { id: 'os' }), pkg('pypi', 'idna', '3.4', { ownedBy: 'os' })],
        [
          rec('Alpine:v3.19', 'py3-idna', 'CVE-2024-3651', '0'),
          rec('PyPI', 'idna', 'GHSA-jjg7-2v4v-x38h', '3.7', { aliases: ['CVE-2024-3651'] }),
        ],
        '~CVE-2024-3651 not_affected',
      ],
      [
        'Red Hat for all minors',
        distro('redhat 8.4'),
        [pkg('rpm', 'glibc', '2.28-100.el8')],
        [rec('Red Hat:8', 'glibc', 'CVE-1999-0199', '0')],
        '',
      ],
    ],
  ],
  [
    '14 Alpine’s repositories decide',
    [
      [
        'newer',
        distro('alpine 3.9.3', { repositoryVersion: '3.10' }),
        [pkg('apk', 'jq', '1.6-r0')],
        [rec('Alpine:v3.9', 'jq', 'CVE-2019-0001', '1.6-r1'), rec('Alpine:v3.10', 'jq', 'CVE-2020-1234', '1.6-r1')],
        'CVE-2020-1234<1.6-r1',
      ],
      [
        'edge',
        distro('alpine 3.19.1', { repositoryVersion: 'edge' }),
        [pkg('apk', 'jq', '1.6-r0')],
        [rec('Alpine:edge', 'jq', 'CVE-2020-1234', '1.6-r1')],
        'CVE-2020-1234<1.6-r1',
      ],
    ],
  ],
  [
    '15 Ubuntu’s extended maintenance',
    [
      [
        'not needed yet',
        distro('ubuntu 22.04-ESM'),
        [pkg('deb', 'wpa', '2.9')],
        [rec('Ubuntu:22.04', 'wpa', 'CVE-2021-27803', '2:2.9-1ubuntu4.3')],
        'CVE-2021-27803<2:2.9-1ubuntu4.3',
      ],
      [
        'fixed there',
        distro('ubuntu 16.04', { esm: true }),
        [pkg('deb', 'openssh', '1:7.2p2-4ubuntu2.10+esm5')],
        [
          rec('Ubuntu:16.04:LTS', 'openssh', 'CVE-2024-6387', undefined),
          rec('Ubuntu:Pro:16.04:LTS', 'openssh', 'CVE-2024-6387', '1:7.2p2-4ubuntu2.10+esm5'),
        ],
        '~CVE-2024-6387 not_affected',
      ],
      [
        'a package without an epoch',
        distro('ubuntu 20.04', { esm: true }),
        [pkg('deb', 'openssh', '8.2p1-4ubuntu0.13+esm1')],
        [rec('Ubuntu:20.04:LTS', 'openssh', 'CVE-2025-26465', '1:8.2p1-4ubuntu0.13+esm1')],
        'CVE-2025-26465<1:8.2p1-4ubuntu0.13+esm1',
      ],
      [
        'of universe Pro’s list alone speaks, while the release is supported too',
        distro('ubuntu 22.04'),
        [pkg('deb', 'netty', '1:4.1.48-4')],
        [
          rec('Ubuntu:Pro:22.04:LTS', 'netty', 'CVE-2022-24823', '1:4.1.48-4+deb11u2ubuntu0.1~esm1'),
          rec('Ubuntu:Pro:22.04:LTS', 'netty', 'CVE-2022-24824'),
        ],
        'CVE-2022-24823<1:4.1.48-4+deb11u2ubuntu0.1~esm1 CVE-2022-24824',
      ],
      [
        'of what the release itself keeps up it does not',
        distro('ubuntu 22.04', { esm: true }),
        [pkg('deb', 'wpa', '2:2.9-1ubuntu4.3')],
        [
          rec('Ubuntu:22.04:LTS', 'wpa', 'CVE-2021-27803', '2:2.9-1ubuntu4.3'),
          rec('Ubuntu:Pro:22.04:LTS', 'wpa', 'CVE-2021-27803', '2:2.9-1ubuntu4.3+esm1'),
          rec('Ubuntu:Pro:22.04:LTS', 'wpa', 'CVE-2021-27804', '2:2.9-1ubuntu4.3+esm2'),
        ],
        '',
      ],
      [
        'its fix is told to those without it',
        distro('ubuntu 16.04'),
        [pkg('deb', 'wpa', '2.4')],
        [rec('Ubuntu:Pro:16.04:LTS', 'wpa', 'CVE-2021-27803', '2.4-0ubuntu6.8+esm1')],
        'CVE-2021-27803<2.4-0ubuntu6.8+esm1',
      ],
    ],
  ],
  [
    '18 a distribution that installs another’s packages',
    [
      [
        'Linux Mint',
        distro('linuxmint 21.3', { release: { ID_LIKE: 'ubuntu debian', UBUNTU_CODENAME: 'jammy' } }),
        [pkg('deb', 'wpa', '2:2.9-1')],
        [rec('Ubuntu:22.04', 'wpa', 'CVE-2021-27803', '2:2.9-1ubuntu4.3')],
        'CVE-2021-27803<2:2.9-1ubuntu4.3',
      ],
      [
        'nobody known',
        distro('kali 2024.1', { release: { ID_LIKE: 'debian', VERSION_CODENAME: 'kali-rolling' } }),
        [pkg('deb', 'wpa', '2:2.9-1')],
        [rec('Debian:12', 'wpa', 'CVE-2021-27803', '2:2.10-1')],
        '!no_advisories',
      ],
    ],
  ],
  [
    '16 packages of third parties',
    [
      [
        'the distribution’s advisory is about another package',
        distro('ubuntu 22.04'),
        [pkg('deb', 'gh', '2.62.0', { thirdParty: true })],
        [rec('Ubuntu:22.04', 'gh', 'CVE-2024-52308', '2.62.1')],
        '~CVE-2024-52308 third_party_package',
      ],
      [
        'the distribution’s own vendor is none there',
        distro('azurelinux 3.0'),
        [pkg('rpm', 'php', '8.3.6-1.azl3', { thirdParty: true, maintainer: 'Microsoft Corporation' })],
        [rec('Azure Linux:3', 'php', 'CVE-2023-3446', '8.3.8-1.azl3')],
        'CVE-2023-3446<8.3.8-1.azl3',
      ],
      [
        'an Alpine maintainer’s address says nothing',
        distro('alpine 3.19'),
        [pkg('apk', 'jq', '1.6-r0', { thirdParty: true, maintainer: 'A Person <person@google.com>' })],
        [rec('Alpine:v3.19', 'jq', 'CVE-2020-1234', '1.6-r1')],
        'CVE-2020-1234<1.6-r1',
      ],
      [
        'Remi’s rebuilds',
        distro('redhat 7.9'),
        [pkg('rpm', 'php', '7.3.23-1.el7.remi')],
        [rec('Red Hat:7', 'php', 'CVE-2024-1', '8-1.el7')],
        '~CVE-2024-1 third_party_package',
      ],
      [
        'its language packages are judged',
        distro('ubuntu 22.04'),
        [pkg('deb', 'nodejs', '18', { id: 'os', thirdParty: true }), pkg('npm', 'tar', '6.1.0', { ownedBy: 'os' })],
        [rec('Ubuntu:22.04', 'nodejs', 'CVE-1', '1'), rec('npm', 'tar', 'CVE-2021-32803', '6.1.2')],
        'CVE-2021-32803<6.1.2',
      ],
    ],
  ],
  [
    '17 a language package that the distribution patched',
    [
      [
        'fixed there',
        distro('redhat 9.2'),
        [
          pkg('rpm', 'python3-setuptools', '53.0.0-10.el9_1.1', { id: 'os' }),
          pkg('pypi', 'setuptools', '53.0.0', { ownedBy: 'os' }),
        ],
        [
          rec('Red Hat:9', 'python3-setuptools', 'RHSA-2023:0952', '53.0.0-10.el9_1.1', {
            aliases: ['CVE-2022-40897'],
          }),
          rec('PyPI', 'setuptools', 'GHSA-r9hx-vwmv-q579', '65.5.1', { aliases: ['CVE-2022-40897'] }),
        ],
        '~CVE-2022-40897 not_affected',
      ],
      [
        'the distribution is silent and tells all',
        distro('redhat 9.2'),
        [pkg('rpm', 'python3-idna', '2.10-7.el9', { id: 'os' }), pkg('pypi', 'idna', '2.10', { ownedBy: 'os' })],
        [rec('Red Hat:9', 'other', 'CVE-1', '1'), rec('PyPI', 'idna', 'CVE-2024-3651', '3.7')],
        '~CVE-2024-3651 owned_by_os_package',
      ],
      [
        'the distribution lists only fixes',
        distro('alpine 3.19'),
        [pkg('apk', 'py3-idna', '3.4-r4', { id: 'os' }), pkg('pypi', 'idna', '3.4', { ownedBy: 'os' })],
        [rec('Alpine:v3.19', 'other', 'CVE-1', '1'), rec('PyPI', 'idna', 'CVE-2024-3651', '3.7')],
        'CVE-2024-3651<3.7',
      ],
      [
        'no data of the distribution',
        distro('redhat 9.2'),
        [pkg('rpm', 'python3-idna', '2.10-7.el9', { id: 'os' }), pkg('pypi', 'idna', '2.10', { ownedBy: 'os' })],
        [rec('PyPI', 'idna', 'CVE-2024-3651', '3.7')],
        'CVE-2024-3651<3.7 !no_advisories',
      ],
      [
        'reported once, where it is owned',
        debian12,
        [pkg('deb', 'python3-idna', '3.3-1', { id: 'os' }), pkg('pypi', 'idna', '3.3', { ownedBy: 'os' })],
        [rec('Debian:12', 'python3-idna', 'CVE-2024-3651', '3.3-2'), rec('PyPI', 'idna', 'CVE-2024-3651', '3.7')],
        'CVE-2024-3651<3.3-2 ~CVE-2024-3651 owned_by_os_package',
      ],
    ],
  ],
  [
    '18 packages of another suite',
    [
      [
        'a backport is the next release’s',
        debian12,
        [pkg('deb', 'jq', '1.7.1-3~bpo12+1')],
        [rec('Debian:12', 'jq', 'CVE-2024-1', undefined), rec('Debian:13', 'jq', 'CVE-2024-2', '1.7.1-4')],
        'CVE-2024-2<1.7.1-4',
      ],
      [
        'a security update of a newer one',
        distro('debian 11'),
        [pkg('deb', 'bash', '5.2.15-2+deb12u1')],
        [
          rec('Debian:11', 'bash', 'CVE-2022-3715', undefined, { status: 'will_not_fix' }),
          rec('Debian:12', 'bash', 'CVE-2022-3715', '5.2.15-1'),
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
