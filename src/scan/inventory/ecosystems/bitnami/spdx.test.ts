import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, wants } from '../../check-extractor.ts'
import { bitnamiSpdx } from './spdx.ts'

test('the component of an image, not what it was made of', () => {
  const packages = [
    {
      name: 'redis',
      versionInfo: '7.2.4-3',
      licenseConcluded: 'BSD-3-Clause',
      licenseDeclared: 'BSD-3-Clause',
      externalRefs: [
        { referenceType: 'purl', referenceLocator: 'pkg:bitnami/redis@7.2.4-3?arch=amd64&distro=debian-12' },
      ],
    },
    { name: 'some-source', versionInfo: '1.0' },
  ]
  const found = foundIn(bitnamiSpdx, { 'opt/bitnami/redis/.spdx-redis.spdx': JSON.stringify({ packages }) })
  deepEqual(
    found.map(({ name, version, licenses, arch }) => [name, version, licenses, arch]),
    [['redis', '7.2.4-3', ['BSD-3-Clause'], 'amd64']],
  )
  equal(wants(bitnamiSpdx, 'srv/redis.spdx'), false)
})
