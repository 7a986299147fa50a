import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { snapStaged } from './staged.ts'

test('Debian packages in a snap', () => {
  const found = foundIn(snapStaged, {
    'snap/jq/6/snap/manifest.yaml':
      "name: jq\nsnapcraft-os-release-id: ubuntu\nsnapcraft-os-release-version-id: '22.04'\nprimed-stage-packages:\n- libjq1=1.6-2.1ubuntu3\n- libc6:amd64=2.35-0ubuntu3.1\nparts:\n  jq:\n    stage-packages:\n    - unused=1\n",
    'snap/x/1/snap/manifest.yaml':
      'parts:\n  x:\n    stage-packages:\n    - curl=7.81.0-1ubuntu1.15\n    - no-version\n',
    'snap/core22/1/usr/share/snappy/dpkg.yaml': 'package-repositories: []\npackages:\n- adduser=3.118ubuntu5\n',
  })
  deepEqual(
    found.map(({ type, name, version, arch }) => [type, name, version, arch]),
    [
      ['deb', 'libjq1', '1.6-2.1ubuntu3', undefined],
      ['deb', 'libc6', '2.35-0ubuntu3.1', 'amd64'],
      ['deb', 'curl', '7.81.0-1ubuntu1.15', undefined],
      ['deb', 'adduser', '3.118ubuntu5', undefined],
    ],
  )
  deepEqual(
    found.map(({ purl, thirdParty }) => purl ?? thirdParty),
    [
      'pkg:deb/ubuntu/libjq1@1.6-2.1ubuntu3?distro=ubuntu-22.04',
      'pkg:deb/ubuntu/libc6@2.35-0ubuntu3.1?arch=amd64&distro=ubuntu-22.04',
      true,
      'pkg:deb/ubuntu/adduser@3.118ubuntu5?distro=ubuntu-22.04',
    ],
  )
})
