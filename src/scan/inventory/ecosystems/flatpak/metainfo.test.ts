import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { flatpakMetainfo } from './metainfo.ts'

test('a flatpak with its newest release', () => {
  const path =
    'var/lib/flatpak/app/org.gimp.GIMP/x86_64/stable/0123abcd/export/share/metainfo/org.gimp.GIMP.metainfo.xml'
  const text =
    '<component><id>org.gimp.GIMP</id><releases><release date="2024-05-01" version="2.10.38"/><release version="2.10.36"/></releases></component>'
  deepEqual(foundIn(flatpakMetainfo, { [path]: text }), [{ name: 'org.gimp.GIMP', version: '2.10.38', arch: 'x86_64' }])
  deepEqual(foundIn(flatpakMetainfo, { [path]: `<release ${' '.repeat(200_000)}` })[0]!.version, '')
})

test('by the link that names the current one', () => {
  const path = 'home/a/.local/share/flatpak/app/org.x.Y/current/active/export/share/metainfo/org.x.Y.metainfo.xml'
  deepEqual(
    foundIn(flatpakMetainfo, { [path]: '<component><releases><release version="2"/></releases></component>' }),
    [{ name: 'org.x.Y', version: '2' }],
  )
})
