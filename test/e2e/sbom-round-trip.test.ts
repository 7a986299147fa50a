/** What we judge by survives the way out into an SBOM and back in: the same packages, and with them the same findings. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../src/base/model/report.ts'
import { renderCycloneDx } from '../../src/reporting/formats/cyclonedx.ts'
import { renderSpdx } from '../../src/reporting/formats/spdx.ts'
import { renderSpdxTagValue } from '../../src/reporting/formats/spdx-tag-value.ts'
import { inventoryOfSbom } from '../../src/scan/inventory/sbom/read.ts'

const layer = { DiffID: `sha256:${'a'.repeat(64)}` }
const report = {
  SchemaVersion: 2,
  CreatedAt: '2026-01-01T00:00:00.000Z',
  ArtifactName: 'shop:1',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'debian', Name: '12.5' } },
  Results: [
    {
      Target: 'shop:1 (debian 12.5)',
      Class: 'os-pkgs',
      Type: 'debian',
      Packages: [
        {
          ID: 'zlib1g@1:1.2.13.dfsg-1',
          Name: 'zlib1g',
          Identifier: { PURL: 'pkg:deb/debian/zlib1g@1.2.13.dfsg-1?arch=amd64&distro=debian-12.5&epoch=1' },
          Version: '1.2.13.dfsg',
          Release: '1',
          Epoch: 1,
          SrcName: 'zlib',
          SrcVersion: '1.2.13.dfsg',
          SrcRelease: '1',
          SrcEpoch: 1,
          Maintainer: 'Mark Brown <broonie@debian.org>',
          Layer: layer,
        },
        {
          ID: 'docker-ce@5:24.0.0-1',
          Name: 'docker-ce',
          Identifier: { PURL: 'pkg:deb/debian/docker-ce@24.0.0-1?distro=debian-12.5&epoch=5' },
          Version: '24.0.0',
          Release: '1',
          Epoch: 5,
          Maintainer: 'Docker <support@docker.com>',
        },
      ],
    },
    {
      Target: 'Python',
      Class: 'lang-pkgs',
      Type: 'python-pkg',
      Packages: [
        {
          ID: 'Django@3.2.0',
          Name: 'Django',
          Identifier: { PURL: 'pkg:pypi/django@3.2.0' },
          Version: '3.2.0',
          FilePath: 'usr/lib/python3/Django-3.2.0.dist-info/METADATA',
          OwnedBy: 'zlib1g@1:1.2.13.dfsg-1',
        },
      ],
    },
    {
      Target: 'usr/bin/serve',
      Class: 'lang-pkgs',
      Type: 'gobinary',
      Packages: [
        {
          ID: 'stdlib@1.19.8',
          Name: 'stdlib',
          Identifier: { PURL: 'pkg:golang/stdlib@1.19.8' },
          Version: '1.19.8',
          FilePath: 'usr/bin/serve',
          LinkedPackages: 'crypto/tls net/http',
        },
        {
          ID: 'golang.org/x/text@v0.3.0',
          Name: 'golang.org/x/text',
          Identifier: { PURL: 'pkg:golang/golang.org/x/text@v0.3.0' },
          Version: 'v0.3.0',
          FilePath: 'usr/bin/serve',
          LinkedPackages: '',
        },
      ],
    },
  ],
  Incomplete: [],
  Suppressed: [],
} as unknown as Report

for (const [name, render] of [
  ['CycloneDX', renderCycloneDx],
  ['SPDX', renderSpdx],
  ['SPDX tag-value', renderSpdxTagValue],
] as const) {
  test(`${name}: versions with epochs, sources, owners, third parties, linked packages`, () => {
    const text = [...render(report, { version: '1', language: 'en' } as Parameters<typeof render>[1])].join('')
    const { packages, os } = inventoryOfSbom(text, 'x')
    assert.deepEqual([os?.family, os?.version], ['debian', '12.5'])
    const [zlib, docker, django, stdlib, text_] = packages
    assert.deepEqual(
      packages.map(found => [found.name, found.version, found.foundBy]),
      [
        ['zlib1g', '1:1.2.13.dfsg-1', 'debian'],
        ['docker-ce', '5:24.0.0-1', 'debian'],
        ['Django', '3.2.0', 'python-pkg'],
        ['stdlib', '1.19.8', 'gobinary'],
        ['golang.org/x/text', 'v0.3.0', 'gobinary'],
      ],
    )
    assert.deepEqual(zlib?.source, { name: 'zlib', version: '1:1.2.13.dfsg-1' })
    assert.deepEqual([zlib?.layer?.diffId, zlib?.thirdParty], [layer.DiffID, undefined])
    assert.equal(docker?.thirdParty, true)
    assert.deepEqual([django?.ownedBy, django?.path], [zlib?.id, 'usr/lib/python3/Django-3.2.0.dist-info/METADATA'])
    assert.deepEqual(
      [stdlib, text_].map(found => found?.extra?.linkedPackages),
      ['crypto/tls net/http', ''],
    )
  })
}
