import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '../../../base/model/package.ts'
import { distroOfPackage } from './of-package.ts'

const debian = { family: 'debian', version: '12.5', release: {} }

const rows: [purl: string, type: string, expected: string | undefined][] = [
  ['pkg:deb/debian/bash@5?distro=debian-12', 'deb', 'debian 12.5'],
  ['pkg:deb/debian/bash@5', 'deb', 'debian 12.5'],
  ['pkg:deb/debian/bash@5?distro=debian-12.9', 'deb', 'debian 12.9'],
  ['pkg:deb/debian/bash@5?distro=debian-11', 'deb', 'debian 11'],
  ['pkg:deb/debian/bash@5?distro=debian-sid', 'deb', 'debian 12.5'],
  ['pkg:deb/debian/bash@5?distro=debian-12%20%28bookworm%29', 'deb', 'debian 12.5'],
  ['pkg:rpm/redhat/curl@7?distro=redhat-8.0', 'rpm', 'redhat 8.0'],
  ['pkg:rpm/redhat/curl@7?distro=rhel-8.0', 'rpm', 'redhat 8.0'],
  ['pkg:deb/ubuntu/bash@5?distro=ubuntu-22.04', 'deb', 'ubuntu 22.04'],
  ['pkg:rpm/redhat/curl@7', 'rpm', undefined],
  ['pkg:apk/alpine/curl@7', 'apk', undefined],
]
for (const [purl, type, expected] of rows) {
  test(`${purl} in a Debian root belongs to ${expected ?? 'nobody known'}`, () => {
    const pkg: Package = {
      id: purl,
      name: 'x',
      version: '1',
      type,
      purl,
      foundBy: '',
      path: '',
      licenses: [],
      dependsOn: [],
    }
    const found = distroOfPackage(pkg, debian)
    assert.equal(found && `${found.family} ${found.version}`, expected)
  })
}
