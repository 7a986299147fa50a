import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { vcpkgManifest } from './manifest.ts'
import { vcpkgSpdx } from './spdx.ts'
import { vcpkgStatus } from './status.ts'

const status = `Package: zlib
Version: 1.3.1
Port-Version: 0
Architecture: x64-linux
Status: install ok installed

Package: curl
Version: 8.5.0
Port-Version: 2
Depends: zlib, vcpkg-cmake:x64-linux
Architecture: x64-linux
Status: install ok installed

Package: curl
Feature: ssl
Architecture: x64-linux
Status: install ok installed

Package: gone
Version: 1.0
Architecture: x64-linux
Status: install ok installed

Package: gone
Version: 1.0
Architecture: x64-linux
Status: purge ok not-installed
`

test('vcpkg status: the last word about a package counts, features are part of it', () => {
  const packages = foundIn(vcpkgStatus, { 'app/vcpkg_installed/vcpkg/status': status })
  deepEqual(named(packages), ['zlib 1.3.1', 'curl 8.5.0#2'])
  deepEqual(packages[1]!.dependsOn, ['zlib', 'vcpkg-cmake'])
  equal(wants(vcpkgStatus, 'var/lib/dpkg/status'), false)
})

test('vcpkg.json: overrides, lowest versions; unversioned names are left out', () => {
  const manifest = {
    dependencies: ['boost', { name: 'fmt', 'version>=': '10.1.0' }, { name: 'zlib', host: true }],
    overrides: [{ name: 'zlib', version: '1.2.13', 'port-version': 1 }],
  }
  deepEqual(named(foundIn(vcpkgManifest, { 'vcpkg.json': JSON.stringify(manifest) })), [
    'fmt 10.1.0',
    'zlib 1.2.13#1 (development)',
  ])
})

test('vcpkg.json: the project itself, in each way to state its version; a port of a registry is none', () => {
  for (const [field, version] of Object.entries({
    version: '1.0',
    'version-semver': '1.0.0',
    'version-date': '2024-01-02',
    'version-string': 'a',
  })) {
    const manifest = JSON.stringify({ name: 'me', [field]: version, 'port-version': 1 })
    const [found] = foundIn(vcpkgManifest, { 'vcpkg.json': manifest })
    deepEqual([found?.name, found?.version, found?.relationship], ['me', `${version}#1`, 'root'])
    deepEqual(foundIn(vcpkgManifest, { 'registry/ports/me/vcpkg.json': manifest }), [])
  }
  deepEqual(foundIn(vcpkgManifest, { 'vcpkg.json': '{"name":"me","port-version":1}' }), [])
})

test('what vcpkg writes beside a port', () => {
  const packages = [
    {
      name: 'zlib',
      SPDXID: 'SPDXRef-port',
      versionInfo: '1.3.1#2',
      downloadLocation: 'git+https://github.com/Microsoft/vcpkg@abc',
    },
    { name: 'zlib:x64-linux', SPDXID: 'SPDXRef-binary', versionInfo: '5ab1c0ffee' },
    { name: 'madler/zlib', SPDXID: 'SPDXRef-resource-0' },
  ]
  const text = JSON.stringify({ spdxVersion: 'SPDX-2.2', packages })
  deepEqual(foundIn(vcpkgSpdx, { 'opt/x64-linux/share/zlib/vcpkg.spdx.json': text }), [
    { name: 'zlib', version: '1.3.1#2', arch: 'x64-linux' },
  ])
  deepEqual(foundIn(vcpkgSpdx, { 'x/vcpkg.spdx.json': '{}' }), [])
})
