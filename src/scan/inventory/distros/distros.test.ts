import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Distro } from '../../../base/model/distro.ts'
import { advisoryEcosystemsOf } from './lookup.ts'
import { canonicalEcosystem } from './names.ts'
import { distroFamilies, distroFamily } from './table.ts'
import { ubuntuSupported } from './ubuntu.ts'

const now = Date.parse('2024-06-01T00:00:00Z')

describe('names of ecosystems', () => {
  const rows: [name: string, canonical: string][] = [
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04'],
    ['Ubuntu:25.10', 'Ubuntu:25.10'],
    ['Ubuntu:Pro:16.04:LTS', 'Ubuntu:Pro:16.04'],
    ['Ubuntu:Pro:FIPS-updates:20.04:LTS', 'Ubuntu:Pro:FIPS-updates:20.04'],
    ['Ubuntu:19.04-ESM', 'Ubuntu:Pro:19.04'],
    ['Ubuntu:20.04+esm', 'Ubuntu:Pro:20.04'],
    ['debian 12', 'Debian:12'],
    ['seal centos 7', 'Seal:Red Hat:7'],
    ['Alpine:3.18', 'Alpine:v3.18'],
    ['Alpine:v3.9', 'Alpine:v3.9'],
    ['Alpine:edge', 'Alpine:edge'],
    ['Debian:12', 'Debian:12'],
    ['Debian:bookworm', 'Debian:12'],
    ['Debian', 'Debian'],
    ['Red Hat:8', 'Red Hat:8'],
    ['Red Hat:enterprise_linux:9::baseos', 'Red Hat:9'],
    ['Red Hat:rhel_eus:9.4::appstream', 'Red Hat:9.4-eus'],
    ['Red Hat:rhel_eus_long_life:8.4::baseos', 'Red Hat:8.4-eus'],
    ['Red Hat:rhel_els:7', 'Red Hat:7-els'],
    ['Red Hat:enterprise_linux:10.1', 'Red Hat:10'],
    ['Red Hat', 'Red Hat'],
    ['SUSE:Linux Enterprise Server 15 SP6', 'SUSE:15.6'],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP6', 'SUSE:15.6'],
    ['SUSE:Linux Enterprise 15-SP3', 'SUSE:15.3'],
    ['SUSE:15.7', 'SUSE:15.7'],
    ['SUSE:Linux Enterprise Micro 5.3', 'SUSE Micro:5.3'],
    ['openSUSE:Leap 15.6', 'openSUSE:Leap 15.6'],
    ['openSUSE:Tumbleweed', 'openSUSE:Tumbleweed'],
    ['openSUSE:Leap Micro 5.5', 'openSUSE:Leap Micro 5.5'],
    ['Azure Linux:1.0', 'Azure Linux:1'],
    ['CBL-Mariner:2.0', 'Azure Linux:2'],
    ['Photon OS:3.0', 'Photon OS:3.0'],
    ['Rocky_Linux:8', 'Rocky Linux:8'],
    ['rocky 8', 'Rocky Linux:8'],
    ['alma 8', 'AlmaLinux:8'],
    ['amazon 2023', 'Amazon Linux:2023'],
    ['seal oracle 8', 'Seal:Oracle Linux:8'],
    ['SUSE Linux Enterprise 15-SP3', 'SUSE:15.3'],
    ['openEuler-22.03-LTS-SP1', 'openEuler:22.03-LTS-SP1'],
    ['Red Hat:hummingbird:1', 'Hummingbird'],
    ['AlmaLinux:8', 'AlmaLinux:8'],
    ['pypi', 'PyPI'],
    ['seal pip', 'Seal:PyPI'],
    ['Root:Debian:12', 'Root:Debian:12'],
    ['root.io alpine:3.19', 'Root:Alpine:v3.19'],
    ['Something New:1', 'Something New:1'],
  ]
  for (const [name, canonical] of rows)
    it(name, () => {
      assert.equal(canonicalEcosystem(name), canonical)
      assert.equal(canonicalEcosystem(canonical), canonical)
    })
})

describe('ecosystems asked for a distribution', () => {
  const rows: [family: string, version: string, over: Partial<Distro>, expected: string][] = [
    ['debian', '12.5', {}, 'Debian:12'],
    ['debian', 'trixie/sid', {}, 'Debian:13, Debian:unstable'],
    ['debian', 'sid', {}, 'Debian:unstable'],
    ['debian', '', {}, 'Debian:unstable'],
    ['postmarketos', 'v24.06', {}, 'Alpine:v3.20'],
    ['postmarketos', 'v25.12', {}, 'Alpine:v3.23'],
    ['postmarketos', 'edge', {}, 'Alpine:edge'],
    ['postmarketos', 'v24.06', { repositoryVersion: 'edge' }, 'Alpine:edge'],
    ['secureos', '1', {}, 'SecureOS'],
    ['ubuntu', '22.04', {}, 'Ubuntu:22.04, Ubuntu:Pro:22.04'],
    ['ubuntu', '23.10', {}, 'Ubuntu:23.10'],
    ['ubuntu', 'jammy', {}, 'Ubuntu:22.04, Ubuntu:Pro:22.04'],
    ['debian', 'bookworm', {}, 'Debian:12'],
    ['ubuntu', '16.04', {}, 'Ubuntu:Pro:16.04, Ubuntu:16.04'],
    ['ubuntu', '19.04-ESM', {}, 'Ubuntu:Pro:19.04'],
    ['alpine', '3.19.1', {}, 'Alpine:v3.19'],
    ['alpine', '3.20.0_alpha20240329', {}, 'Alpine:edge'],
    ['alpine', '3.9.3', { repositoryVersion: '3.10' }, 'Alpine:v3.10'],
    ['redhat', '9.4', {}, 'Red Hat:9.4, Red Hat:9, Red Hat'],
    [
      'redhat',
      '9.4',
      { cpes: ['cpe:/o:redhat:rhel_eus:9.4::baseos'] },
      'Red Hat:9.4-eus, Red Hat:9.4, Red Hat:9, Red Hat',
    ],
    ['redhat', '8', {}, 'Red Hat:8, Red Hat'],
    [
      'redhat',
      '8.6',
      { contentSets: ['rhel-8-for-x86_64-baseos-aus-rpms__8_DOT_6'] },
      'Red Hat:8.6-aus, Red Hat:8.6, Red Hat:8, Red Hat',
    ],
    ['redhat', '7.9', {}, 'Red Hat:7.9, Red Hat:7, Red Hat, Red Hat:7-els'],
    ['redhat', '7.9', { contentSets: ['rhel-7-server-els-rpms'] }, 'Red Hat:7-els, Red Hat:7.9, Red Hat:7, Red Hat'],
    ['openeuler', '22.03', { release: { VERSION: '22.03 (LTS-SP3)' } }, 'openEuler:22.03-LTS-SP3'],
    ['openeuler', '24.03', { release: { VERSION: '24.03 (LTS)' } }, 'openEuler:24.03-LTS'],
    ['openeuler', '23.09', { release: { VERSION: '23.09' } }, 'openEuler:23.09'],
    ['openeuler', '20.03 (LTS-SP4)', {}, 'openEuler:20.03-LTS-SP4'],
    ['centos', '7.9.2009', {}, 'Red Hat:7, Red Hat, Red Hat:7-els'],
    ['alma', '9.3', {}, 'AlmaLinux:9, Red Hat:9'],
    ['rocky', '9.3', {}, 'Rocky Linux:9, Red Hat:9'],
    ['oracle', '8.9', {}, 'Oracle Linux:8'],
    ['amazon', '2 (Karoo)', {}, 'Amazon Linux:2'],
    ['amazon', '2023', {}, 'Amazon Linux:2023'],
    ['amazon', '2018.03', {}, 'Amazon Linux:1'],
    ['suse-linux-enterprise-server', '15.6', {}, 'SUSE:15.6'],
    ['suse-linux-enterprise-server', '12.5', {}, 'SUSE:12.5, SUSE:12'],
    ['suse-linux-enterprise-server', '15', {}, 'SUSE:15'],
    ['suse-linux-enterprise-server', '16.0', {}, 'SUSE:16'],
    ['sled', '15.7', {}, 'SUSE:15.7'],
    ['suse linux enterprise server', '15.3', {}, 'SUSE:15.3'],
    ['opensuse-leap', '15.6', {}, 'openSUSE:Leap 15.6'],
    ['opensuse-tumbleweed', '20240601', {}, 'openSUSE:Tumbleweed'],
    ['opensuse-leap-micro', '5.5', {}, 'openSUSE:Leap Micro 5.5'],
    ['photon', '3.0', {}, 'Photon OS:3.0'],
    ['cbl-mariner', '2.0.20240112', {}, 'Azure Linux:2'],
    ['azurelinux', '3.0', {}, 'Azure Linux:3'],
    ['wolfi', '20230201', {}, 'Wolfi'],
    ['chainguard', '20230214', {}, 'Chainguard'],
    ['fedora', '40', {}, 'Fedora:40'],
    ['arch', '', {}, 'Arch Linux'],
    ['unheard-of', '1', {}, ''],
  ]
  for (const [family, version, over, expected] of rows)
    it(`${family} ${version} ${Object.keys(over)}`, () =>
      assert.equal(
        advisoryEcosystemsOf({ family, version, release: {}, ...over }, undefined, now).join(', '),
        expected,
      ))

  it('an openEuler of which the number alone is known asks by its packages', () => {
    const asked = (version: string, release: string) =>
      advisoryEcosystemsOf(
        { family: 'openeuler', version, release: {} },
        { name: 'x', version: release, type: 'rpm' },
        now,
      )
    assert.deepEqual(
      [
        asked('22.03', '1-1.oe2203sp3'),
        asked('24.03', '1-1.oe2403'),
        asked('23.09', '1-1.oe2309'),
        asked('22.03', '1-1'),
      ],
      [['openEuler:22.03-LTS-SP3'], ['openEuler:24.03-LTS'], ['openEuler:23.09'], ['openEuler:22.03']],
    )
  })

  it('a certified build of Ubuntu asks for certified fixes first', () => {
    const os = { family: 'ubuntu', version: '20.04', release: {} }
    for (const version of ['1.1.1f-1ubuntu2.fips.22', '5.4.0-1026.30+fips1'])
      assert.deepEqual(advisoryEcosystemsOf(os, { name: 'openssl', version, type: 'deb' }, now), [
        'Ubuntu:Pro:FIPS-updates:20.04',
        'Ubuntu:Pro:FIPS:20.04',
        'Ubuntu:Pro:FIPS-preview:20.04',
        'Ubuntu:Pro:20.04',
        'Ubuntu:20.04',
      ])
    assert.deepEqual(advisoryEcosystemsOf(os, { name: 'fips-initramfs', version: '0.0.16', type: 'deb' }, now), [
      'Ubuntu:20.04',
      'Ubuntu:Pro:20.04',
    ])
  })

  it('a real-time kernel asks its own list first', () => {
    const os = { family: 'ubuntu', version: '22.04', release: {} }
    const kernel = { name: 'linux-image-5.15.0-1050-realtime', version: '5.15.0-1050.56', type: 'deb' }
    assert.deepEqual(advisoryEcosystemsOf(os, kernel, now), [
      'Ubuntu:Pro:Realtime:22.04',
      'Ubuntu:Pro:22.04',
      'Ubuntu:22.04',
    ])
  })

  it('a package rebuilt by others asks its rebuilder first', () => {
    const os = { family: 'debian', version: '12', release: {} }
    assert.deepEqual(
      advisoryEcosystemsOf(os, { name: 'nginx', version: '1.22.1-9+deb12u2.root.io.1', type: 'deb' }, now),
      ['Root:Debian:12', 'Debian:12'],
    )
    assert.deepEqual(advisoryEcosystemsOf(os, { name: 'seal-openssl', version: '3.0', type: 'deb' }, now), [
      'Seal:Debian:12',
      'Debian:12',
    ])
  })
})

describe('table of distributions', () => {
  it('every name belongs to one family', () => {
    const names = distroFamilies.flatMap(one => [one.family, ...one.alsoKnownAs])
    assert.equal(new Set(names).size, names.length)
  })
  it('asks only for canonical names', () => {
    for (const { family } of distroFamilies)
      for (const name of advisoryEcosystemsOf({ family, version: '12.4', release: {} }, undefined, now))
        assert.equal(canonicalEcosystem(name), name)
  })
  it('knows a family by its other names', () => assert.equal(distroFamily('rhel')?.family, 'redhat'))
})

describe('support of Ubuntu', () => {
  const rows: [release: string, date: string, supported: boolean][] = [
    ['20.04', '2025-05-01', true],
    ['20.04', '2025-07-01', false],
    ['19.04', '2020-01-01', true],
    ['19.04', '2020-02-01', false],
    ['26.04', '2031-04-01', true],
    ['26.04', '2031-06-01', false],
    ['26.10', '2027-06-01', true],
    ['26.10', '2027-08-01', false],
  ]
  for (const [release, date, supported] of rows)
    it(`${release} on ${date}`, () => assert.equal(ubuntuSupported(release, Date.parse(date)), supported))
})
