import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '../../base/model/package.ts'
import { createResolver } from './links.ts'
import { markOwners } from './ownership.ts'
import { isThirdParty } from './third-party.ts'

function pkg(type: string, path: string, files?: string[]): Package {
  return {
    id: `${type}:${path}`,
    name: 'x',
    version: '1',
    type,
    purl: '',
    foundBy: type,
    path,
    licenses: [],
    dependsOn: [],
    ...(files && { files }),
  }
}

const resolve = createResolver(new Map([['lib', 'usr/lib']]))
const cases: [string, string, string, boolean][] = [
  ['the same path', 'usr/lib/python3/a.dist-info/METADATA', 'usr/lib/python3/a.dist-info/METADATA', true],
  ['the list names the link', 'usr/lib/a/METADATA', 'lib/a/METADATA', true],
  ['the package is found by the link', 'lib/a/METADATA', 'usr/lib/a/METADATA', true],
  ['an archive inside an owned archive', 'usr/share/java/a.jar/lib/b.jar', 'usr/share/java/a.jar', true],
  ['another file', 'usr/local/lib/a/METADATA', 'usr/lib/a/METADATA', false],
]
for (const [name, path, owned, expected] of cases) {
  test(`ownership: ${name}`, () => {
    const found = pkg('pypi', path)
    const owner = pkg('deb', 'var/lib/dpkg/status', ['usr', owned])
    markOwners([found, owner], p => p.type === 'deb', resolve)
    assert.equal(found.ownedBy, expected ? owner.id : undefined)
  })
}

const maintainers: [string | undefined, boolean][] = [
  ['Docker <support@docker.com>', true],
  ['NodeSource <gpg@nodesource.com>', true],
  ['HashiCorp <support@hashicorp.com>', true],
  ['GitHub <opensource+cli@github.com>', true],
  ['Microsoft <core@microsoft.com>', true],
  ['Debian OpenSSL Team <pkg-openssl-devel@lists.alioth.debian.org>', false],
  ['Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>', false],
  ['A Person <1234+person@users.noreply.github.com>', false],
  ['GitHub', true],
  ['Microsoft Edge for Linux Team <EdgeLinuxDev@microsoft.com>', true],
  ['Google Cloud CLI Authors <gcloud-sdk-support@google.com>', true],
  ['Ivan Iguaran <ivan@nodesource.com>', true],
  ['MySQL Release Engineering <mysql-build@oss.oracle.com>', true],
  ['NGINX Packaging <nginx-packaging@f5.com>', true],
  ['"Grafana Labs" <contact@grafana.com>', true],
  ['Jane Doe <jane@google.com>', false],
  ['Jane Doe <jane@nvidia.com>', false],
  ['Jane Doe <jane@microsoft.com>', false],
  ['Debian Nginx Maintainers <pkg-nginx-maintainers@alioth-lists.debian.net>', false],
  ['Debian MySQL Maintainers <pkg-mysql-maint@lists.alioth.debian.org>', false],
  ['Varnish Package Maintainers <team+varnish-team@tracker.debian.org>', false],
  ['Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>', false],
  ['Elastica Smith <e@example.org>', false],
  [undefined, false],
]
for (const [maintainer, expected] of maintainers) {
  test(`third party: ${maintainer}`, () => assert.equal(isThirdParty({ ...(maintainer && { maintainer }) }), expected))
}
