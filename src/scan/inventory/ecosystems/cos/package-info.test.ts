import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { cosPackageInfo } from './package-info.ts'

test('what is installed, and not what it was built with', () => {
  const installedPackages = [
    { category: 'app-arch', name: 'gzip', version: '1.9', ebuild_version: '1.9-r2' },
    { category: 'sys-apps', name: 'x', ebuild_version: '2' },
    { name: 'nothing' },
  ]
  const text = JSON.stringify({ installedPackages, buildTimePackages: [{ name: 'go', version: '1.2' }] })
  deepEqual(
    foundIn(cosPackageInfo, { 'etc/cos-package-info.json': text }).map(({ name, version, extra }) => [
      name,
      version,
      extra,
    ]),
    [
      ['gzip', '1.9', { category: 'app-arch', ebuild: '1.9-r2' }],
      ['x', '2', { category: 'sys-apps', ebuild: '2' }],
    ],
  )
  throws(() => foundIn(cosPackageInfo, { 'etc/cos-package-info.json': '[]' }))
})
