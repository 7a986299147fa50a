import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packagePurl } from './package-purl.ts'

const debian = { family: 'debian', version: '12.5', release: { ID: 'debian', VERSION_ID: '12' } }
const rhel = { family: 'redhat', version: '9.3', release: { ID: 'rhel', VERSION_ID: '9.3' } }
const sles = { family: 'suse-linux-enterprise-server', version: '15.5', release: { ID: 'sles', VERSION_ID: '15.5' } }

const cases: [string, Parameters<typeof packagePurl>[0], Parameters<typeof packagePurl>[1]][] = [
  [
    'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1',
    {
      type: 'deb',
      name: 'libssl3',
      version: '3.0.11-1',
      arch: 'amd64',
      source: { name: 'openssl', version: '3.0.11-1' },
    },
    debian,
  ],
  [
    'pkg:deb/debian/login@4.13%2Bdfsg1-1?arch=amd64&distro=debian-12&epoch=1',
    {
      type: 'deb',
      name: 'login',
      version: '1:4.13+dfsg1-1',
      arch: 'amd64',
      source: { name: 'login', version: '1:4.13+dfsg1-1' },
    },
    debian,
  ],
  [
    'pkg:rpm/redhat/httpd@2.4.37-30.el8?arch=x86_64&distro=rhel-9.3&epoch=2&rpmmod=httpd:2.4:8:1&upstream=httpd-2.4.37-30.el8.src.rpm',
    {
      type: 'rpm',
      name: 'httpd',
      version: '2:2.4.37-30.el8',
      arch: 'x86_64',
      module: 'httpd:2.4:8:1',
      source: { name: 'httpd', version: '2.4.37-30.el8' },
      extra: { srcRpm: 'httpd-2.4.37-30.el8.src.rpm' },
    },
    rhel,
  ],
  ['pkg:rpm/suse/zypper@1.14-1?distro=sles-15.5', { type: 'rpm', name: 'zypper', version: '1.14-1' }, sles],
  ['pkg:apk/musl@1.2.4-r1', { type: 'apk', name: 'musl', version: '1.2.4-r1' }, undefined],
  ['pkg:npm/%40babel/core@7.0.0', { type: 'npm', name: '@babel/core', version: '7.0.0' }, debian],
  ['pkg:maven/org.apache/log4j@2.0', { type: 'maven', name: 'org.apache:log4j', version: '2.0' }, undefined],
  ['pkg:pypi/foo-bar@1', { type: 'pypi', name: 'Foo_Bar', version: '1' }, undefined],
  [
    'pkg:golang/github.com/Masterminds/semver@v1.0.0',
    { type: 'golang', name: 'github.com/Masterminds/semver', version: 'v1.0.0' },
    undefined,
  ],
  ['pkg:gem/rails', { type: 'gem', name: 'rails', version: '' }, undefined],
]

for (const [purl, pkg, os] of cases) {
  test(`writes ${purl}`, () => assert.equal(packagePurl(pkg, os), purl))
}
