import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '../../base/model/package.ts'
import { withoutDoubles } from './doubles.ts'

const pkg = (name: string, version: string, path: string, rest: Partial<Package> = {}): Package => ({
  id: `${name}@${version}#${path}`,
  name,
  version,
  type: 'generic',
  purl: `pkg:generic/${name}@${version}`,
  foundBy: 'binary',
  path,
  licenses: [],
  dependsOn: [],
  ...rest,
})

const left = (...packages: Package[]) =>
  withoutDoubles(packages)
    .filter(({ foundBy }) => foundBy === 'binary')
    .map(({ name }) => name)

const owner = (rest: Partial<Package> = {}) =>
  pkg('bash', '5.2.15-2', 'var/lib/dpkg/status', { id: 'owner', type: 'deb', foundBy: 'debian', ...rest })

test('what the distribution’s package owns is not said twice; a third party’s is', () => {
  const bash = pkg('bash', '5.2.15', 'bin/bash', { ownedBy: 'owner' })
  deepEqual(left(owner(), bash), [])
  deepEqual(left(owner({ thirdParty: true }), bash), ['bash'])
  deepEqual(left(bash), ['bash'], 'nobody’s')
})

test('what conda, Nix, Homebrew, Bitnami and a Java runtime state', () => {
  const openssl = (path: string, version = '3.0.13') => pkg('openssl', version, path)
  const conda = pkg('openssl', '3.0.13', 'opt/conda/conda-meta/openssl-3.0.13-h1.json', { foundBy: 'conda-pkg' })
  deepEqual(left(conda, openssl('opt/conda/lib/libcrypto.so.3')), [])
  deepEqual(left(conda, openssl('opt/conda/lib/libcrypto.so.3', '1.1.1w')), ['openssl'], 'another version')
  deepEqual(left(conda, openssl('usr/local/lib/libcrypto.so.3')), ['openssl'], 'another place')
  const nix = pkg('openssl', '3.0.13', 'nix/store/abc-openssl-3.0.13', { foundBy: 'nix' })
  deepEqual(left(nix, openssl('nix/store/abc-openssl-3.0.13/lib/libcrypto.so.3')), [])
  const bitnami = pkg('apache', '2.4.58-1', 'opt/bitnami/apache/.spdx-apache.spdx', { foundBy: 'bitnami' })
  deepEqual(left(bitnami, pkg('httpd', '2.4.58', 'opt/bitnami/apache/bin/httpd')), [])
  const jdk = pkg('openjdk', '17.0.9', 'opt/jdk/release', { foundBy: 'java-runtime' })
  deepEqual(left(jdk, pkg('openjdk', '17.0.9+9', 'opt/jdk/lib/server/libjvm.so')), [])
})

test('what an SBOM inside the artifact lists and is found as well', () => {
  const listed = (name: string) => pkg(name, '1', 'app/bom.json', { foundBy: 'sbom', type: 'npm' })
  const found = pkg('a', '1', 'app/node_modules/a/package.json', { foundBy: 'node-pkg', type: 'npm' })
  deepEqual(
    withoutDoubles([listed('a'), listed('b'), found]).map(({ name, foundBy }) => `${name} ${foundBy}`),
    ['b sbom', 'a node-pkg'],
  )
})

test('an OS package of that name and version, where the database lists no files', () => {
  const openssl = (path: string, version = '3.0.2') => pkg('openssl', version, path)
  const rpm = (name: string, version: string, source?: string) =>
    pkg(name, version, 'var/lib/rpmmanifest/container-manifest-2', {
      type: 'rpm',
      foundBy: 'rpmqa',
      ...(source && { source: { name: source, version } }),
    })
  const path = 'usr/lib/libcrypto.so.3'
  deepEqual(left(rpm('openssl-libs', '1:3.0.2-1.cm2'), openssl(path)), [])
  deepEqual(left(rpm('libssl3', '3.0.2-1', 'openssl'), openssl(path)), [], 'by its source')
  deepEqual(left(rpm('openssl-libs', '3.0.22-1'), openssl(path)), ['openssl'], 'another version')
  deepEqual(left(rpm('openssl-libs', '3.0.2-1'), openssl('usr/local/lib/libcrypto.so.3')), ['openssl'])
  deepEqual(left(rpm('httpd', '2.4.58-1'), openssl(path, '2.4.58')), ['openssl'], 'another name')
})

test('dependencies on what is left out lead to what stands for it', () => {
  const listed = (name: string, dependsOn: string[]) =>
    pkg(name, '1', 'app/bom.json', { foundBy: 'sbom', type: 'npm', dependsOn })
  const found = pkg('b', '1', 'app/node_modules/b/package.json', { foundBy: 'node-pkg', type: 'npm' })
  const [first] = withoutDoubles([listed('a', ['b@1#app/bom.json']), listed('b', []), found])
  deepEqual(first?.dependsOn, [found.id])
})
