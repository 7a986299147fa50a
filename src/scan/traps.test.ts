import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { FeedItem } from '../base/model/advisory.ts'
import type { Distro } from '../base/model/distro.ts'
import type { Package } from '../base/model/package.ts'
import { distro, matched, pkg, summary } from './advisories/match/testing.ts'
import { recordItem as rec } from './advisories/store/testing.ts'
import { createCollector } from './image/content.ts'
import { buildPackages } from './inventory/build.ts'
import { collectLayer } from './inventory/collect.ts'
import { createDispatch } from './inventory/dispatch.ts'
import { ecosystems } from './inventory/ecosystems/index.ts'
import { type FedEntry, feedLayer } from './inventory/layer-feed.ts'
import { osReleaseExtractor } from './inventory/os-release/detect.ts'
import { createOverlay } from './inventory/overlay.ts'

/**
 * The traps that scanners are known to fall into, one row or more each, with the case that made it known. Rows of a kind, with their variants, are in
 * traps-os, traps-rpm and traps-language. The packages stand as facts, or as layers of files where the trap lies in reading them.
 */
type Row = [
  trap: string,
  os: Distro | undefined,
  packages: Package[] | FedEntry[][],
  items: FeedItem[],
  expected: string,
]

const source = (name: string, version: string) => ({ source: { name, version } })
const alias = (id: string) => ({ aliases: [id] })
const debianRelease: FedEntry = ['etc/os-release', 'ID=debian\nVERSION_ID="12"\n']
const dpkg = (...paragraphs: string[]): FedEntry => [
  'var/lib/dpkg/status',
  paragraphs.map(text => `${text}\n\n`).join(''),
]
const installed = (name: string, version: string, state = 'install ok installed') =>
  `Package: ${name}\nStatus: ${state}\nArchitecture: amd64\nVersion: ${version}`

const rows: Row[] = [
  [
    '1 the advisory names the source package',
    distro('debian 9'),
    [pkg('deb', 'htpasswd', '2.4.24', source('apache2', '2.4.24'))],
    [rec('Debian:9', 'apache2', 'CVE-2020-11985', '2.4.25-1')],
    'CVE-2020-11985<2.4.25-1',
  ],
  [
    '2 the source’s own version is compared',
    undefined,
    [
      [
        debianRelease,
        dpkg(
          `${installed('libldb2', '2:2.6.2+samba4.17.12+dfsg-0+deb12u1')}\nSource: samba (2:4.17.12+dfsg-0+deb12u1)`,
        ),
      ],
    ],
    [
      rec('Debian:12', 'samba', 'CVE-2023-0001', '2:4.17.11+dfsg-0+deb12u1'),
      rec('Debian:12', 'samba', 'CVE-2024-0001', '2:4.17.13+dfsg-1'),
    ],
    'CVE-2024-0001<2:4.17.13+dfsg-1',
  ],
  [
    '3 a source RPM’s name has no epoch',
    distro('redhat 8.4'),
    [pkg('rpm', 'perl-Errno', '1.28-419.el8_4.1', source('perl', '5.26.3-419.el8_4.1'))],
    [rec('Red Hat:8', 'perl', 'CVE-2020-10543', '4:5.26.3-419.el8', { names: 'source' })],
    '',
  ],
  [
    '4 an RPM without an epoch has epoch 0',
    distro('redhat 8'),
    [pkg('rpm', 'openssl', '1.1.1z-99.el8')],
    [rec('Red Hat:8', 'openssl', 'CVE-2021-1', '1:1.1.1c-2.el8')],
    'CVE-2021-1<1:1.1.1c-2.el8',
  ],
  [
    '4 a higher epoch is newer',
    distro('redhat 8'),
    [pkg('rpm', 'openssl', '2:1.1.1b-1.el8')],
    [rec('Red Hat:8', 'openssl', 'CVE-2021-1', '1:1.1.1c-2.el8')],
    '',
  ],
  [
    '5 modules: another stream',
    distro('redhat 8.3'),
    [pkg('rpm', 'httpd', '2.4.37-30.module+el8.3.0+7001+0766b9e7', { module: 'httpd:2.6' })],
    [rec('Red Hat:8', 'httpd', 'CVE-2018-17199', '2.4.37-39.module+el8.4.0+9658+b87b2deb', { module: 'httpd:2.4' })],
    '',
  ],
  [
    '6 Oracle’s ksplice builds are a line of their own',
    distro('oracle 8'),
    [pkg('rpm', 'glibc', '2:2.28-151.0.1.ksplice2.el8')],
    [rec('Oracle Linux:8', 'glibc', 'ELSA-2021-1', '2.28-151.0.1.el8_4', alias('CVE-2021-33574'))],
    '',
  ],
  [
    '6 Oracle’s FIPS builds too',
    distro('oracle 8'),
    [pkg('rpm', 'gnutls', '10:3.6.15-4.0.1.el8_fips')],
    [rec('Oracle Linux:8', 'gnutls', 'ELSA-2021-2', '10:3.6.16-4.0.1.el8_fips', alias('CVE-2021-20232'))],
    'CVE-2021-20232<10:3.6.16-4.0.1.el8_fips',
  ],
  [
    '7 fixes by architecture',
    distro('oracle 7'),
    [pkg('rpm', 'rsyslog', '8.24.0-57.0.2.el7_9.3', { arch: 'aarch64' })],
    [
      rec('Oracle Linux:7', 'rsyslog', 'ELSA-2022-1', '8.24.0-57.0.1.el7_9.3', {
        ...alias('CVE-2022-24903'),
        arches: ['x86_64'],
      }),
      rec('Oracle Linux:7', 'rsyslog', 'ELSA-2022-1', '8.24.0-57.0.4.el7_9.3', {
        ...alias('CVE-2022-24903'),
        arches: ['aarch64'],
      }),
    ],
    'CVE-2022-24903<8.24.0-57.0.4.el7_9.3',
  ],
  ...(['3.9.18-10.el9_4', '3.9.19-1.el9'] as const).map(
    (version): Row => [
      `8 two streams of one CVE: ${version}`,
      distro('redhat 9.4'),
      [pkg('rpm', 'python3.9', version)],
      [
        rec('Red Hat:9', 'python3.9', 'CVE-2024-8088', undefined, {
          status: 'fixed',
          intervals: [{ fixed: '3.9.18-3.el9_4.5' }, { introduced: '3.9.19', fixed: '3.9.19-8.el9' }],
        }),
      ],
      version.startsWith('3.9.18') ? '' : 'CVE-2024-8088<3.9.19-8.el9',
    ],
  ),
  [
    '9 a later minor’s fix is out of reach with EUS',
    distro('redhat 9.4', { contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms'] }),
    [pkg('rpm', 'kernel', '5.14.0-427.1.1.el9_4')],
    [rec('Red Hat:9', 'kernel', 'CVE-2025-0001', '5.14.0-503.1.1.el9_5')],
    'CVE-2025-0001',
  ],
  [
    '10 CPEs decide which records apply',
    distro('redhat 8.6', { cpes: ['cpe:/o:redhat:enterprise_linux:8::baseos'] }),
    [pkg('rpm', 'bash', '4.4-1.el8')],
    [
      rec('Red Hat', 'bash', 'CVE-1', undefined, { cpes: ['cpe:/a:redhat:openshift:4'] }),
      rec('Red Hat', 'bash', 'CVE-2', undefined, { cpes: ['cpe:/o:redhat:enterprise_linux:8'] }),
    ],
    'CVE-2',
  ],
  [
    '11 a rebuilder’s own number',
    distro('alma 8'),
    [pkg('rpm', 'git', '2.7.6-11.el8')],
    [
      rec('AlmaLinux:8', 'git', 'ALSA-2024-1', '2.7.6-11.el8', alias('CVE-2024-1')),
      rec('Red Hat:8', 'git', 'CVE-2024-1', '2.7.6-12.el8'),
    ],
    '~CVE-2024-1 not_affected',
  ],
  [
    '12 no fix and none to come',
    distro('debian 9'),
    [pkg('deb', 'bash', '4.4-5')],
    [rec('Debian:9', 'bash', 'CVE-2019-18276', undefined, { status: 'will_not_fix' })],
    'CVE-2019-18276',
  ],
  [
    '13 "0" is never affected, and silences others',
    distro('alpine 3.15'),
    [pkg('apk', 'bind', '9.16.0-r0')],
    [rec('Alpine:v3.15', 'bind', 'CVE-2019-6470', '0')],
    '',
  ],
  [
    '14 Alpine’s repositories decide',
    undefined,
    [
      [
        ['etc/os-release', 'ID=alpine\nVERSION_ID=3.9.3\n'],
        ['etc/apk/repositories', 'http://dl-cdn.alpinelinux.org/alpine/v3.10/main\n'],
        ['lib/apk/db/installed', 'P:jq\nV:1.6-r0\nA:x86_64\no:jq\n\n'],
      ],
    ],
    [rec('Alpine:v3.9', 'jq', 'CVE-2019-0001', '1.6-r1'), rec('Alpine:v3.10', 'jq', 'CVE-2020-1234', '1.6-r1')],
    'CVE-2020-1234<1.6-r1',
  ],
  [
    '15 Ubuntu’s ESM: a package without an epoch',
    distro('ubuntu 20.04', { esm: true }),
    [pkg('deb', 'openssh', '8.2p1-4ubuntu0.13+esm1')],
    [rec('Ubuntu:20.04:LTS', 'openssh', 'CVE-2025-26465', '1:8.2p1-4ubuntu0.13+esm1')],
    'CVE-2025-26465<1:8.2p1-4ubuntu0.13+esm1',
  ],
  [
    '16 another vendor’s package of the same name',
    undefined,
    [[['etc/os-release', 'ID=ubuntu\nVERSION_ID="22.04"\n'], dpkg(`${installed('gh', '2.62.0')}\nMaintainer: GitHub`)]],
    [rec('Ubuntu:22.04', 'gh', 'CVE-2024-52308', '2.62.1')],
    '~CVE-2024-52308 third_party_package',
  ],
  [
    '17 the distribution’s backport of a language package',
    distro('redhat 9.2'),
    [
      pkg('rpm', 'python3-setuptools', '53.0.0-10.el9_1.1', { id: 'os' }),
      pkg('pypi', 'setuptools', '53.0.0', { ownedBy: 'os' }),
    ],
    [
      rec('Red Hat:9', 'python3-setuptools', 'RHSA-2023:0952', '53.0.0-10.el9_1.1', alias('CVE-2022-40897')),
      rec('PyPI', 'setuptools', 'GHSA-r9hx-vwmv-q579', '65.5.1', alias('CVE-2022-40897')),
    ],
    '~CVE-2022-40897 not_affected',
  ],
  [
    '18 a backport is judged by its suite',
    distro('debian 12.5'),
    [pkg('deb', 'jq', '1.7.1-3~bpo12+1')],
    [rec('Debian:12', 'jq', 'CVE-2024-1', undefined), rec('Debian:13', 'jq', 'CVE-2024-2', '1.7.1-4')],
    'CVE-2024-2<1.7.1-4',
  ],
  [
    '19 removed packages whose configuration is left',
    undefined,
    [
      [
        debianRelease,
        dpkg(
          installed('curl', '7.88-1', 'deinstall ok config-files'),
          installed('wget', '1.21-1'),
          installed('held', '1', 'hold ok installed'),
        ),
      ],
    ],
    [
      rec('Debian:12', 'curl', 'CVE-1', '8'),
      rec('Debian:12', 'wget', 'CVE-2', '2'),
      rec('Debian:12', 'held', 'CVE-3', '2'),
    ],
    'CVE-2<2 CVE-3<2',
  ],
  [
    '20 the top layer’s database decides',
    undefined,
    [
      [debianRelease, dpkg(installed('curl', '7.88-1'), installed('wget', '1.21-1'))],
      [dpkg(installed('curl', '8.1-1'))],
    ],
    [rec('Debian:12', 'curl', 'CVE-1', '8'), rec('Debian:12', 'wget', 'CVE-2', '2')],
    '',
  ],
  [
    '20 whiteouts hide what is below',
    undefined,
    [
      [
        debianRelease,
        dpkg(installed('curl', '8.1-1')),
        ['app/package-lock.json', '{}'],
        ['app/node_modules/tar/package.json', '{"name":"tar","version":"6.1.0"}'],
      ],
      ['-app'],
    ],
    [rec('Debian:12', 'x', 'CVE-1', '8'), rec('npm', 'tar', 'CVE-2021-32803', '6.1.2')],
    '',
  ],
  [
    '20 a folder replaced by a link in one step',
    undefined,
    [
      [
        debianRelease,
        dpkg(installed('curl', '8.1-1')),
        ['app/node_modules/tar/package.json', '{"name":"tar","version":"6.1.0"}'],
      ],
      ['app/node_modules -> /usr/lib/node'],
    ],
    [rec('Debian:12', 'x', 'CVE-1', '8'), rec('npm', 'tar', 'CVE-2021-32803', '6.1.2')],
    '',
  ],
  [
    '21 npm: <=1.0 holds 1.0.0',
    undefined,
    [pkg('npm', 'a', '1.0.0')],
    [rec('npm', 'a', 'CVE-1', undefined, { intervals: [], vulnerable: ['<=1.0'] })],
    'CVE-1',
  ],
  [
    '21 npm: a pre-release inside a range',
    undefined,
    [pkg('npm', 'a', '1.5.0-rc.1')],
    [rec('npm', 'a', 'CVE-1', '2.0.0')],
    'CVE-1<2.0.0',
  ],
  [
    '22 PyPI: a local version is its public one',
    undefined,
    [pkg('pypi', 'oslo_utils', '1.0+local')],
    [rec('PyPI', 'oslo.utils', 'CVE-1', '1.0'), rec('PyPI', 'oslo-utils', 'CVE-2', '1.1')],
    'CVE-2<1.1',
  ],
  ...(
    [
      ['1.0-SNAPSHOT', 'CVE-1<1.0'],
      ['1.0', ''],
      ['1.0-1', ''],
    ] as const
  ).map(
    ([version, expected]): Row => [
      `23 Maven: ${version}`,
      undefined,
      [pkg('maven', 'g:a', version)],
      [rec('Maven', 'g:a', 'CVE-1', '1.0')],
      expected,
    ],
  ),
  [
    '23 Maven: a build for one Java is the release',
    undefined,
    [pkg('maven', 'com.microsoft.sqlserver:mssql-jdbc', '12.10.2.jre11')],
    [rec('Maven', 'com.microsoft.sqlserver:mssql-jdbc', 'CVE-2025-59250', '12.10.2')],
    '',
  ],
  [
    '23 Maven: four numbers',
    undefined,
    [pkg('maven', 'g:a', '2.9.10.3')],
    [rec('Maven', 'g:a', 'CVE-1', '2.9.10.4')],
    'CVE-1<2.9.10.4',
  ],
  [
    '24 Go: a commit without a tag says nothing of another major',
    undefined,
    [pkg('golang', 'github.com/docker/docker', 'v0.0.0-20210101000000-abcdefabcdef')],
    [rec('Go', 'github.com/docker/docker', 'CVE-1', '20.10.9')],
    '!version_unknown',
  ],
  [
    '24 Go: go.mod’s toolchain is not what built',
    undefined,
    [[['go.mod', 'module example.org/x\n\ngo 1.20\n\ntoolchain go1.21.0\n']]],
    [rec('Go', 'stdlib', 'CVE-1', '1.21.9'), rec('Go', 'toolchain', 'CVE-2', '1.21.9')],
    '~CVE-1 minimum_version',
  ],
  [
    '25 each shaded artifact by its own branch',
    undefined,
    [pkg('maven', 'net.minidev:json-smart', '1.3.2', { path: 'x.jar' })],
    [
      rec('Maven', 'net.minidev:json-smart', 'CVE-2021-27568', undefined, {
        status: 'fixed',
        intervals: [{ fixed: '1.3.2' }, { introduced: '2.0', fixed: '2.3.1' }, { introduced: '2.4', fixed: '2.4.1' }],
      }),
    ],
    '',
  ],
  ...(['2.1.4', '3.0.0'] as const).map(
    (version): Row => [
      `26 only patched versions are listed: ${version}`,
      undefined,
      [pkg('cargo', 'ammonia', version)],
      [
        rec('crates.io', 'ammonia', 'RUSTSEC-2021-0074', undefined, {
          intervals: [],
          status: 'fixed',
          patched: ['>= 3.1.0', '>= 2.1.3, < 3.0.0'],
        }),
      ],
      version === '3.0.0' ? 'RUSTSEC-2021-0074<>= 3.1.0, >= 2.1.3, < 3.0.0' : '',
    ],
  ),
  [
    '27 several errata of one CVE: one finding, the latest fix',
    distro('redhat 7.6'),
    [pkg('rpm', 'nss', '3.36.0-5.el7')],
    [
      rec('Red Hat:7', 'nss', 'RHSA-2018:2768', '3.36.0-6.el7_5', alias('CVE-2018-12384')),
      rec('Red Hat:7', 'nss', 'RHSA-2019:1', '3.36.0-7.1.el7_6', alias('CVE-2018-12384')),
    ],
    'CVE-2018-12384<3.36.0-7.1.el7_6',
  ],
  [
    '29 a name that NVD gives to something else',
    undefined,
    [pkg('npm', 'rc', '1.2.8'), pkg('vscode-extension', 'andrejunges.handlebars', '0.4.1')],
    [
      rec('NVD', 'rc', 'CVE-1'),
      rec('npm', 'handlebars', 'CVE-2019-19919', '4.3.0'),
      rec('npm', 'other', 'CVE-2', '1'),
      rec('VSCode', 'other', 'CVE-3', '1'),
    ],
    '',
  ],
  [
    '30 what cannot be compared is unknown, never clean',
    undefined,
    [pkg('npm', 'a', 'not a version')],
    [rec('npm', 'a', 'CVE-1', '2')],
    '!version_unknown',
  ],
  [
    '30 nor is it in a list for certain',
    undefined,
    [pkg('golang', 'example.org/a', '(devel)')],
    [rec('Go', 'example.org/a', 'CVE-1', undefined, { intervals: [], versions: ['v1.0.0'] })],
    '!version_unknown',
  ],
]

for (const [trap, os, packages, items, expected] of rows)
  it(`trap ${trap}`, () => {
    const read = Array.isArray(packages[0])
      ? fromLayers(packages as FedEntry[][])
      : { os, packages: packages as Package[] }
    assert.equal(summary(matched(read.os, read.packages, items)), expected)
  })

/** What the scanner reads from layers of files. */
function fromLayers(layers: FedEntry[][]): { os: Distro | undefined; packages: Package[] } {
  const dispatch = createDispatch([osReleaseExtractor, ...ecosystems.flatMap(one => one.extractors)])
  const facts = layers.map(entries => {
    const collecting = collectLayer(dispatch, createCollector())
    const { bytes, entries: count } = feedLayer(entries, collecting)
    return { ...collecting.finish(), bytes, entries: count }
  })
  const { os, packages } = buildPackages({
    ecosystems,
    dispatch,
    layers: facts,
    overlay: createOverlay(facts),
    refs: layers.map((_, index) => ({ index })),
  })
  return { os, packages }
}
