import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, wants } from '../../check-extractor.ts'
import { portage } from './portage.ts'

test('portage: category, name and version from the folders; files, licence, slot', () => {
  const folder = 'var/db/pkg/media-libs/libpng-compat-1.6.40_p1-r2'
  const contents = `dir /usr
obj /usr/lib/with space.so 0123456789abcdef0123456789abcdef 1700000000
sym /usr/lib/libpng.so -> libpng16.so 1700000000
`
  const packages = foundIn(portage, {
    [`${folder}/CONTENTS`]: contents,
    [`${folder}/LICENSE`]: 'libpng2\n',
    [`${folder}/SLOT`]: '0/16\n',
    'var/db/pkg/virtual/not-a-version/CONTENTS': '',
  })
  equal(packages.length, 1)
  const [found] = packages
  deepEqual(
    [found!.name, found!.version, found!.licenses, found!.extra],
    ['media-libs/libpng-compat', '1.6.40_p1-r2', ['libpng2'], { slot: '0/16' }],
  )
  deepEqual(found!.files, ['usr/lib/with space.so', 'usr/lib/libpng.so'])
  equal(found!.purl, 'pkg:ebuild/media-libs/libpng-compat@1.6.40_p1-r2')
  equal(wants(portage, 'srv/LICENSE'), false)
})

test('portage: PF alone is enough', () => {
  const found = foundIn(portage, { 'var/db/pkg/app-shells/bash-5.1_p16-r2/PF': 'bash-5.1_p16-r2\n' })
  deepEqual(
    found.map(({ name, version }) => [name, version]),
    [['app-shells/bash', '5.1_p16-r2']],
  )
})
