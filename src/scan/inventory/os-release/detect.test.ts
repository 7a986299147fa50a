import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectDistro } from './detect.ts'
import { parseOsRelease } from './parse.ts'

type Files = Record<string, string>

function detect(files: Files) {
  return detectDistro(new Map(Object.entries(files).map(([path, value]) => [path, { layer: 0, value }])))
}

const cases: [string, Files, string | undefined][] = [
  [
    'Debian: the point release of debian_version',
    { 'etc/os-release': 'ID=debian\nVERSION_ID="12"', 'etc/debian_version': '12.5\n' },
    'debian 12.5',
  ],
  [
    'Debian: debian_version of another release',
    { 'etc/os-release': 'ID=debian\nVERSION_ID="12"', 'etc/debian_version': '13.1\n' },
    'debian 12',
  ],
  [
    'Debian testing',
    { 'etc/os-release': 'ID=debian\nVERSION_CODENAME=trixie', 'etc/debian_version': 'trixie/sid' },
    'debian trixie/sid',
  ],
  ['Debian without os-release', { 'etc/debian_version': '7.11' }, 'debian 7.11'],
  ['os-release below usr/lib', { 'usr/lib/os-release': 'ID=debian\nVERSION_ID=12' }, 'debian 12'],
  [
    'Ubuntu, which has a debian_version too',
    { 'etc/os-release': 'ID=ubuntu\nVERSION_ID="22.04"', 'etc/debian_version': 'bookworm/sid' },
    'ubuntu 22.04',
  ],
  [
    'Ubuntu without os-release',
    { 'etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=12.04', 'etc/debian_version': 'wheezy/sid' },
    'ubuntu 12.04',
  ],
  ['Alpine', { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.19.0', 'etc/alpine-release': '3.19.1\n' }, 'alpine 3.19.1'],
  ['Alpine without os-release', { 'etc/alpine-release': '3.4.6' }, 'alpine 3.4.6'],
  ['Wolfi', { 'etc/os-release': 'ID=wolfi\nVERSION_ID="20230201"' }, 'wolfi 20230201'],
  ['RHEL', { 'etc/os-release': 'ID="rhel"\nVERSION_ID="9.3"' }, 'redhat 9.3'],
  ['RHEL 6', { 'etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)' }, 'redhat 6.10'],
  [
    'CentOS 7 says more in its own file',
    { 'etc/os-release': 'ID="centos"\nVERSION_ID="7"', 'etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)' },
    'centos 7.9.2009',
  ],
  [
    'CentOS 6',
    { 'etc/centos-release': 'CentOS release 6.10 (Final)', 'etc/redhat-release': 'CentOS release 6.10 (Final)' },
    'centos 6.10',
  ],
  [
    'Oracle 6 also has a redhat-release',
    {
      'etc/oracle-release': 'Oracle Linux Server release 6.10',
      'etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)',
    },
    'oracle 6.10',
  ],
  ['AlmaLinux', { 'etc/os-release': "ID='almalinux'\nVERSION_ID='8.5'" }, 'alma 8.5'],
  ['Rocky', { 'etc/os-release': 'ID="rocky"\nVERSION_ID="9.2"' }, 'rocky 9.2'],
  [
    'Amazon Linux 2',
    {
      'etc/os-release': 'ID="amzn"\nVERSION_ID="2"\nVERSION="2"',
      'etc/system-release': 'Amazon Linux release 2 (Karoo)',
    },
    'amazon 2',
  ],
  ['Amazon Linux 1', { 'etc/system-release': 'Amazon Linux AMI release 2018.03' }, 'amazon 2018.03'],
  ['SLES', { 'etc/os-release': 'ID="sles"\nVERSION_ID="15.5"' }, 'suse-linux-enterprise-server 15.5'],
  [
    'SLES 11',
    { 'etc/SuSE-release': 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4' },
    'suse-linux-enterprise-server 11.4',
  ],
  ['Leap', { 'etc/os-release': 'ID="opensuse-leap"\nVERSION_ID="15.5"' }, 'opensuse-leap 15.5'],
  ['Azure Linux', { 'etc/os-release': 'ID=azurelinux\nVERSION_ID="3.0"' }, 'azurelinux 3.0'],
  ['Mariner', { 'etc/os-release': 'ID=mariner\nVERSION_ID="2.0"' }, 'cbl-mariner 2.0'],
  ['Photon', { 'etc/os-release': 'ID=photon\nVERSION_ID=5.0' }, 'photon 5.0'],
  ['Arch', { 'etc/os-release': 'ID=arch' }, 'arch '],
  ['nothing that says so', { 'etc/os-release': 'garbage' }, undefined],
]

for (const [name, files, expected] of cases) {
  test(name, () => {
    const os = detect(files)
    assert.equal(os && `${os.family} ${os.version}`, expected)
  })
}

const repositories: [string, string | undefined][] = [
  ['https://dl-cdn.alpinelinux.org/alpine/v3.10/main', '3.10'],
  ['http://dl/alpine/v3.9/main\nhttp://dl/alpine/v3.11/community', '3.11'],
  ['http://dl/alpine/edge/testing', 'edge'],
  ['@edge http://dl/alpine/edge/main\nhttp://dl/alpine/v3.9/main', undefined],
  ['# http://dl/alpine/edge/main', undefined],
  ['/media/cdrom/apks', undefined],
]
for (const [text, expected] of repositories) {
  test(`Alpine 3.9.3 with ${JSON.stringify(text)}`, () => {
    assert.equal(detect({ 'etc/alpine-release': '3.9.3', 'etc/apk/repositories': text })?.repositoryVersion, expected)
  })
}

test('postmarketOS tells by its repositories which Alpine it is built on', () => {
  const os = detect({
    'etc/os-release': 'ID="postmarketos"\nID_LIKE="alpine"\nVERSION_ID="v24.06"',
    'etc/apk/repositories':
      'http://mirror.postmarketos.org/postmarketos/v24.06\nhttp://dl-cdn.alpinelinux.org/alpine/v3.20/main',
  })
  assert.equal(`${os?.family} ${os?.version} ${os?.repositoryVersion}`, 'postmarketos v24.06 3.20')
})

test('Ubuntu with extended maintenance', () => {
  const release = { 'etc/os-release': 'ID=ubuntu\nVERSION_ID=18.04' }
  const status = (state: string) =>
    JSON.stringify({
      services: [
        { name: 'esm-apps', status: 'enabled' },
        { name: 'esm-infra', status: state },
      ],
    })
  const esm = (text: string) => detect({ ...release, 'var/lib/ubuntu-advantage/status.json': text })?.esm
  assert.deepEqual([esm(status('enabled')), esm(status('disabled')), esm('{')], [true, undefined, undefined])
})

test('Red Hat content sets and CPE', () => {
  const os = detect({
    'etc/os-release': 'ID=rhel\nVERSION_ID=8.4\nCPE_NAME="cpe:/o:redhat:enterprise_linux:8.4:GA"',
    'root/buildinfo/content_manifests/ubi8.json': '{"content_sets": ["rhel-8-for-x86_64-baseos-rpms", 7]}',
    'root/buildinfo/content_manifests/bad.json': '[',
  })
  assert.deepEqual(
    [os?.contentSets, os?.cpes],
    [['rhel-8-for-x86_64-baseos-rpms'], ['cpe:/o:redhat:enterprise_linux:8.4:GA']],
  )
})

for (const [text, expected] of [
  ['VERSION_ID="4.16"\nRHEL_VERSION=9.4', '9.4'],
  ['VERSION="412.86.202303241612-0"\nVERSION_ID="4.12"', '8.6'],
  ['VERSION_ID="4.1"', '4.1'],
] as const)
  test(`Red Hat CoreOS by ${text.replace('\n', ', ')}`, () => {
    const os = detect({ 'etc/os-release': `ID="rhcos"\n${text}` })
    assert.equal(`${os?.family} ${os?.version}`, `redhat ${expected}`)
  })

test('os-release: quotes, escapes, comments, names of Object.prototype', () => {
  const parsed = parseOsRelease(`# c\nA="x \\"y\\" \\$z"\r\nB='q'\n__proto__=1\nC=\n D = no\nNAME="open`)
  assert.deepEqual({ ...parsed }, { A: 'x "y" $z', B: 'q', C: '', NAME: 'open' })
})
